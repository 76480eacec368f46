/** What a team waits for in a day: sums over what was measured, under assumptions that are stated. */

/** How a day of a team goes. */
export interface Team {
  readonly developers: number;
  readonly apps: number;
  /** Functions, and distinct sets of requirements, of each app. */
  readonly functions: number;
  readonly sets: number;
  /** Syntheses of a developer in a day: where no function changed, after an edit of a handler, after one of requirements. */
  readonly synths: { readonly unchanged: number; readonly handler: number; readonly requirements: number };
  /** CI runs of the team that synthesize an app, each on a runner that has nothing. */
  readonly ciRuns: number;
  /** Deployments of the team, each from a runner that has nothing: of handlers' edits, and of a set's edit. */
  readonly deploys: { readonly unchanged: number; readonly handlers: number; readonly requirements: number };
}

export const TEAM: Team = {
  developers: 50,
  apps: 10,
  functions: 50,
  sets: 10,
  synths: { unchanged: 12, handler: 7, requirements: 1 },
  ciRuns: 60,
  deploys: { unchanged: 4, handlers: 12, requirements: 4 },
};

/** Seconds of one of each, for one app. */
export interface UnitCosts {
  readonly unchanged: number;
  readonly handler: number;
  readonly requirements: number;
  readonly ci: number;
  readonly deployUnchanged: number;
  readonly deployHandlers: number;
  readonly deployRequirements: number;
}

/** Minutes of a day. */
export interface TeamCosts {
  readonly developers: number;
  readonly aDeveloper: number;
  readonly ci: number;
  readonly deployments: number;
  readonly total: number;
}

export const teamCosts = (team: Team, units: UnitCosts): TeamCosts => {
  const { synths, deploys } = team;
  const aDeveloper =
    (synths.unchanged * units.unchanged +
      synths.handler * units.handler +
      synths.requirements * units.requirements) /
    60;
  const developers = team.developers * aDeveloper;
  const ci = (team.ciRuns * units.ci) / 60;
  const deployments =
    (deploys.unchanged * units.deployUnchanged +
      deploys.handlers * units.deployHandlers +
      deploys.requirements * units.deployRequirements) /
    60;
  return { developers, aDeveloper, ci, deployments, total: developers + ci + deployments };
};

/** What was measured of the alpha library over a plain synthesis: with one function of each set. */
export interface AlphaMeasured {
  /** Seconds of the plain synthesis of the whole app. */
  readonly plain: number;
  readonly unchanged: number;
  readonly handler: number;
  readonly empty: number;
  /** Its image, which a runner that has nothing builds first. */
  readonly image: number;
  /** What the CDK CLI takes to see that everything is in the bucket, without the synthesis. */
  readonly publish: number;
}

/** It makes each function by itself, so an app with more functions of the same sets takes that many times as long. */
export const alphaUnits = ({ functions, sets }: Team, measured: AlphaMeasured): UnitCosts => {
  const usersOfASet = functions / sets;
  const unchanged = measured.plain + usersOfASet * measured.unchanged;
  const aFunction = measured.handler - measured.unchanged;
  const ci = measured.plain + measured.image + usersOfASet * measured.empty;
  const deploy = ci + measured.publish;
  return {
    unchanged,
    handler: unchanged + aFunction,
    requirements: unchanged + usersOfASet * aFunction,
    ci,
    deployUnchanged: deploy,
    deployHandlers: deploy,
    deployRequirements: deploy,
  };
};
