import { number, table } from '../markdown';
import type { ScaleResults } from './results';
import type { Team, UnitCosts } from './team-model';
import { alphaUnits, TEAM, teamCosts } from './team-model';

const ALPHA = 'alpha library';

const assumptions = ({ developers, apps, functions, sets, synths, deploys, ciRuns }: Team): string => {
  const aDay = synths.unchanged + synths.handler + synths.requirements;
  const deployments = deploys.unchanged + deploys.handlers + deploys.requirements;
  return table(
    ['assumed', ''],
    [
      ['developers', String(developers)],
      [
        'functions',
        `${apps * functions}: ${apps} apps of ${functions}, each with ${sets} sets of requirements, ${functions / sets} functions a set`,
      ],
      [
        'syntheses of a developer in a day',
        `${aDay}: ${synths.unchanged} in which no function changed, ${synths.handler} after an edit of one handler, ${synths.requirements} after an edit of one set's requirements`,
      ],
      [
        'CI runs of the team in a day',
        `${ciRuns}, each on a runner that has nothing; each synthesizes one app`,
      ],
      [
        'deployments of the team in a day',
        `${deployments}, each from a runner that has nothing: ${deploys.unchanged} of other changes, ${deploys.handlers} of two handlers, ${deploys.requirements} of one set's requirements`,
      ],
    ],
    2,
  );
};

const unitTable = (ways: readonly (readonly [string, UnitCosts])[]): string =>
  table(
    [
      'seconds, one app',
      'unchanged',
      'a handler',
      'requirements',
      'CI run',
      'deploy: unchanged',
      'deploy: two handlers',
      'deploy: requirements',
    ],
    ways.map(([name, units]) => [
      name,
      ...[
        units.unchanged,
        units.handler,
        units.requirements,
        units.ci,
        units.deployUnchanged,
        units.deployHandlers,
        units.deployRequirements,
      ].map((value) => number(value)),
    ]),
  );

const dayTable = (team: Team, ways: readonly (readonly [string, UnitCosts])[]): string =>
  table(
    [
      'minutes of waiting a day',
      'a developer',
      `${team.developers} developers`,
      'CI runs',
      'deployments',
      'all',
      'a deployment',
    ],
    ways.map(([name, units]) => {
      const costs = teamCosts(team, units);
      const { unchanged, handlers, requirements } = team.deploys;
      const count = unchanged + handlers + requirements;
      return [
        name,
        ...[
          costs.aDeveloper,
          costs.developers,
          costs.ci,
          costs.deployments,
          costs.total,
          costs.deployments / count,
        ].map((value) => number(value)),
      ];
    }),
  );

export const teamTables = ({ team }: ScaleResults): Readonly<Record<string, string>> => {
  if (team === undefined) return {};
  const ways: readonly (readonly [string, UnitCosts])[] = [
    ...Object.entries(team.units),
    ...(team.alpha === undefined ? [] : [[ALPHA, alphaUnits(TEAM, team.alpha)] as const]),
  ];
  const { alpha } = team;
  const beside =
    alpha === undefined
      ? 'The alpha library was not measured: no container engine answered.'
      : `The alpha library was measured with one function of each of the ${TEAM.sets} sets, over plain: ${number(alpha.empty)} s with an empty \`cdk.out\`, ${number(alpha.unchanged)} s unchanged, ${number(alpha.handler)} s after an edit; its image ${number(alpha.image)} s. A plain synthesis of ${TEAM.functions} functions takes ${number(alpha.plain)} s.`;
  return {
    assumptions: assumptions(TEAM),
    publish: table(
      [`seconds, ${TEAM.functions} functions of ${TEAM.sets} sets`, ...Object.keys(team.units)],
      (
        [
          ['the first deployment: all bundles', 'first'],
          ['nothing changed', 'deployUnchanged'],
          ['two handlers changed', 'deployHandlers'],
          ["one set's requirements changed: five functions", 'deployRequirements'],
        ] as const
      ).map(([label, figure]) => [label, ...Object.values(team.units).map((units) => number(units[figure]))]),
    ),
    units: [`Measured on ${team.date}.`, unitTable(ways), beside].join('\n\n'),
    team: dayTable(TEAM, ways),
  };
};
