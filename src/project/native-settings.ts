/** The native side of a project, for commands that can do nothing without one. */
import { Problem } from '../domain/problem.js';
import type { Project } from './project.js';

export type NativeSettings = NonNullable<Project['native']>;

/** What workbench.json says about native code; a Problem (NATIVE-NOT-CONFIGURED) where it says nothing. */
export function nativeSettingsOf(project: Project): NativeSettings {
  if (project.native !== undefined) return project.native;
  throw new Problem(
    'NATIVE-NOT-CONFIGURED',
    'workbench.json: says nothing about native code',
    'add "native": {"root": "native", "covered": ["native/src"]}',
  );
}
