/** Colours of terminal reports: the library's, or none. Pure. */
import { blue, bold, dim, green, red, yellow } from 'yoctocolors';

type Style = (text: string) => string;

export interface Paint {
  bold: Style;
  dim: Style;
  red: Style;
  green: Style;
  yellow: Style;
  blue: Style;
}

const plain: Style = (text) => text;

/** @param color whether standard output may be coloured */
export function makePaint(color: boolean): Paint {
  return color
    ? { bold, dim, red, green, yellow, blue }
    : { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, blue: plain };
}
