/** Links within the page, and places that are one where the page shows the file. */
import type { ComponentChildren, VNode } from 'preact';
import { idOfLine, lineName, linkTo } from './anchors.js';
import type { PageContext } from './context.js';
import { claimName } from './words.js';

export function ClaimLink({ id, whole = false }: { id: string; whole?: boolean }): VNode {
  return <a href={linkTo('claim', id)}>{whole ? id : claimName(id)}</a>;
}

export function ModelLink({ id }: { id: string }): VNode {
  return <a href={linkTo('model', id)}>{id}</a>;
}

/** `native/a.cpp:12`, a link where that line is on the page. */
export function PlaceText({
  place,
  context,
}: {
  place: { path: string; line: number };
  context: PageContext;
}): VNode {
  const text = lineName(place.path, place.line);
  if (!context.shown.has(place.path)) return <code class="place">{text}</code>;
  return (
    <a class="place" href={`#${idOfLine(place.path, place.line)}`}>
      {text}
    </a>
  );
}

/** A name and what it is, in a list of such pairs. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
