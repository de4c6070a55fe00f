/**
 * Markup as text, for what a page has tens of thousands of: a component each took a sixth of the
 * rendering. Contract: what stands in a hole of the template and is no markup itself is escaped, in text and in attributes.
 */
export interface Markup {
  readonly markup: string;
}

type Hole = string | number | Markup | readonly Markup[];

const escapeText = (text: string): string =>
  /[&<]/.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;') : text;

function fill(hole: Hole, inAttribute: boolean): string {
  if (typeof hole === 'number') return String(hole);
  if (typeof hole !== 'string')
    return 'markup' in hole ? hole.markup : hole.map((one) => one.markup).join('');
  // Between tags a quote is a quote, and the strings of all states have two each.
  return inAttribute ? escapeText(hole).replace(/"/g, '&quot;') : escapeText(hole);
}

/** The template's own text says where a hole stands: within a tag, that is in an attribute, or between two. */
export function markup(parts: TemplateStringsArray, ...holes: Hole[]): Markup {
  let text = '';
  let inTag = false;
  for (const [i, part] of parts.entries()) {
    text += part;
    const [open, close] = [part.lastIndexOf('<'), part.lastIndexOf('>')];
    if (open !== close) inTag = open > close;
    const hole = holes[i];
    if (hole !== undefined) text += fill(hole, inTag);
  }
  return { markup: text };
}

export const NOTHING: Markup = { markup: '' };
