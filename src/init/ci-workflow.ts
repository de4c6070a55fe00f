/** The workflow that `init` writes for GitHub. Pure. Contract: plain steps that work without this repository's action, unless one is named. */

export interface WorkflowChoice {
  /** The workbench's name and version, as npm knows it: `tla-workbench@0.1.0`. */
  package: string;
  /** Whether the repository's own package.json installs it. */
  installed: boolean;
  /** `owner/repository@ref` of the workbench's composite action. */
  action?: string | undefined;
  /** The project's folder below the top of the repository; `''` is its top. */
  folder: string;
}

/** Relative to the top of the repository. */
export const WORKFLOW_FILE = '.github/workflows/workbench.yml';

const HEAD = `# Written by \`workbench init\`; change it as you like, it is never overwritten.
name: specs
on:
  push:
  pull_request:
permissions:
  contents: read
jobs:
  specs:
    runs-on: ubuntu-latest
    timeout-minutes: 30
`;

const PREPARE = `    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # the gate compares with the base of a pull request
      - uses: actions/setup-java@v4
        with:
          distribution: temurin
          java-version: '17'
      - uses: actions/setup-node@v4
        with:
          node-version: '20'
`;

const IS_GATED = "github.event_name == 'pull_request' && hashFiles('**/runs/baseline.json') != ''";

/** The workflow's text. */
export function workflowText(choice: WorkflowChoice): string {
  return choice.action === undefined ? withNpm(choice) : withAction(choice, choice.action);
}

function withNpm({ package: name, installed, folder }: WorkflowChoice): string {
  const place =
    folder === '' ? '' : `    defaults:\n      run:\n        working-directory: ${quote(folder)}\n`;
  const install = installed ? 'npm ci' : `npm install --no-save --no-audit --no-fund ${name}`;
  return `${HEAD}${place}${PREPARE}      - run: ${install}
      - run: npx --no-install workbench verify
      - if: ${IS_GATED}
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
        run: npx --no-install workbench gate --base "$BASE" --report markdown="$GITHUB_STEP_SUMMARY"
`;
}

function withAction({ folder }: WorkflowChoice, action: string): string {
  const place = folder === '' ? '' : `\n          working-directory: ${quote(folder)}`;
  return `${HEAD}${PREPARE}      - uses: ${quote(action)}
        with:
          command: verify${place}
      - if: ${IS_GATED}
        uses: ${quote(action)}
        with:
          command: gate${place}
`;
}

/** As a YAML scalar: plain where nothing in it has a meaning. */
const quote = (text: string): string => (/^[\w./@-]+$/.test(text) ? text : `'${text.replace(/'/g, "''")}'`);
