import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Team } from '../../bench/scale/team-model';
import { alphaUnits, teamCosts } from '../../bench/scale/team-model';

const test = suite('what a team waits for');

const team: Team = {
  developers: 2,
  apps: 1,
  functions: 20,
  sets: 4,
  synths: { unchanged: 3, handler: 2, requirements: 1 },
  ciRuns: 6,
  deploys: { unchanged: 1, handlers: 2, requirements: 3 },
};

test('minutes of a day', () => {
  const units = {
    unchanged: 10,
    handler: 20,
    requirements: 50,
    ci: 30,
    deployUnchanged: 60,
    deployHandlers: 120,
    deployRequirements: 180,
  };
  assert.equal(teamCosts(team, units), { aDeveloper: 2, developers: 4, ci: 3, deployments: 14, total: 21 });
});

test('the alpha library makes each function by itself, and its image where a runner has none', () => {
  const measured = { plain: 1, unchanged: 0.5, handler: 4.5, empty: 16, image: 30, publish: 3 };
  assert.equal(alphaUnits(team, measured), {
    unchanged: 3.5,
    handler: 7.5,
    requirements: 23.5,
    ci: 111,
    deployUnchanged: 114,
    deployHandlers: 114,
    deployRequirements: 114,
  });
});

test.run();
