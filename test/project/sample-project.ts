/** Builds small projects in a temporary folder for tests: one module `Clock` with a positive model and a control. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const CLOCK = `---- MODULE Clock ----
EXTENDS Naturals
CONSTANTS Limit, Guarded
VARIABLE hour
ASSUME Limit \\in Nat
Hours == 0..Limit
Yes == TRUE
Small == hour < 3
Symm == {}
view == hour
Init == hour = 0
Tick == hour < Limit /\\ hour' = hour + 1
Jump == ~Guarded /\\ hour' = Limit + 1
Wrap == hour = Limit /\\ hour' = 0
Next == Tick \\/ Jump \\/ Wrap
Spec == Init /\\ [][Next]_hour
TypeOK == hour \\in Nat
InRange == hour \\in Hours
Comes == <>(hour = Limit)
====
`;

export const POSITIVE = `SPECIFICATION Spec
CONSTANT Limit = 4
CONSTANT Guarded = TRUE
INVARIANT TypeOK
INVARIANT InRange
`;

export const CONTROL = `SPECIFICATION Spec
CONSTANT Limit = 4
CONSTANT Guarded = FALSE
INVARIANT InRange
`;

type Keys = Record<string, unknown>;
interface SampleManifest {
  sources: string[];
  authors: string[];
  tags: string[];
  modules: {
    path: string;
    features: string[];
    models: { path: string; result: string; distinctStates?: number; workbench: Keys }[];
    workbench: Keys | undefined;
  }[];
}

/** The manifest as a plain object, so that a test can spoil it in one place. */
export function clockManifest(): SampleManifest {
  return {
    sources: [],
    authors: ['Somebody'],
    tags: [],
    modules: [
      {
        path: 'specs/Clock/Clock.tla',
        features: [],
        models: [
          {
            path: 'specs/Clock/good.cfg',
            result: 'success',
            distinctStates: 5,
            workbench: { checks: ['TypeOK', 'InRange'], assumptions: ['A-SUN'] },
          },
          {
            path: 'specs/Clock/bad.cfg',
            result: 'safety failure',
            workbench: {
              checks: ['InRange'],
              violates: 'InRange',
              alsoViolates: [],
              variantOf: 'specs/Clock/good.cfg',
              differsIn: ['Guarded'],
            },
          },
        ],
        workbench: {
          claims: {
            TypeOK: { statement: 'The hour is a number.', kind: 'invariant', auxiliary: true },
            InRange: { statement: 'The hour never passes the limit.', kind: 'invariant' },
            Comes: { statement: 'The last hour comes.', kind: 'property' },
          },
        },
      },
    ],
  };
}

export const WORKBENCH = {
  assumptions: [
    { id: 'A-SUN', statement: 'It rises.', believed: 'It always did.', monitored: 'By looking.' },
  ],
};

/** Writes the sample project with `files` over it (null leaves a file out) and gives its root and a way to remove it. */
export function writeProject(files: Record<string, string | null> = {}): {
  root: string;
  remove: () => void;
} {
  const root = mkdtempSync(join(tmpdir(), 'workbench project ü '));
  const all: Record<string, string | null> = {
    'workbench.json': JSON.stringify(WORKBENCH, null, 2),
    'specs/Clock/Clock.tla': CLOCK,
    'specs/Clock/good.cfg': POSITIVE,
    'specs/Clock/bad.cfg': CONTROL,
    'specs/Clock/manifest.json': JSON.stringify(clockManifest(), null, 2),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
