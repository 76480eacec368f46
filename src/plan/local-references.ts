import type { DependencyRequest } from './bundle-request';
import type { ProjectDeclaration } from './source-snapshot';

export interface LocalReferenceAt {
  readonly path: string;
  readonly file: string;
  readonly line: number;
}
export const localReferences = (
  _d: Omit<ProjectDeclaration, 'localPackages'>,
  _r: DependencyRequest,
): readonly LocalReferenceAt[] => [];
