/** The native functions of a claim, each with its source where it is the source that was checked. */
import type { VNode } from 'preact';
import type { ClaimView, FunctionView } from '../view/report-view.js';
import { lineName } from './anchors.js';
import type { PageContext } from './context.js';

function Excerpt({ found }: { found: FunctionView }): VNode {
  const { excerpt } = found;
  if (!excerpt)
    return <p class="quiet">The source is not in the record, or is not the one that was checked any more.</p>;
  const last = String(excerpt.first + excerpt.lines.length);
  const text = excerpt.lines
    .map((line, i) => `${String(excerpt.first + i).padStart(last.length)}  ${line}`)
    .join('\n');
  return (
    <pre tabIndex={0} role="region" aria-label={`Source of ${found.name}`}>
      {text}
    </pre>
  );
}

export function NativeFunctions({
  claim,
  context,
}: {
  claim: ClaimView;
  context: PageContext;
}): VNode | null {
  if (claim.auxiliary) return <p class="quiet">Auxiliary: it says nothing about the code.</p>;
  if (claim.functions.length === 0) return <p class="quiet">No native function is tagged with this claim.</p>;
  return (
    <>
      {claim.functions.map(({ name, path, line }) => {
        const found = context.functions.get(lineName(path, line)) ?? { name, path, line, claims: [] };
        return (
          <details class="row">
            <summary>
              <b>{name}</b> <code class="place">{lineName(path, line)}</code>
            </summary>
            <Excerpt found={found} />
          </details>
        );
      })}
    </>
  );
}
