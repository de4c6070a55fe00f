/** What the page may do: its own style sheet and scripts, by hash, and nothing else. Pure. */
import { createHash } from 'node:crypto';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The content of the Content-Security-Policy meta element. `data:` is for the empty icon, which keeps browsers from asking for one. */
export function policyFor(styles: string[], scripts: string[]): string {
  return [
    "default-src 'none'",
    `style-src ${styles.map(hashOf).join(' ')}`,
    `script-src ${scripts.map(hashOf).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
