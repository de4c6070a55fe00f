/** Makes characters visible that a reader cannot see and that can deceive: escapes, controls, changes of direction. Pure. */

/**
 * C0 but tab and line feed, DEL and C1; marks, embeddings, overrides and isolates of direction; zero-width characters;
 * separators of lines that are none in HTML. `\p{…}` would take away joiners that scripts need, so they are listed.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const PICTURES = 0x2400;

/** `␛` for an escape character, `⟨U+202E⟩` for what has no picture. */
function show(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(PICTURES + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** The text with every such character replaced; half a surrogate pair becomes U+FFFD. */
export function makeVisible(text: string): string {
  return text.replace(INVISIBLE, show).replace(/\p{Surrogate}/gu, '\ufffd');
}
