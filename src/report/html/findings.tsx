/** Findings about specs: each with its place, and the reason where it was accepted. */
import type { VNode } from 'preact';
import type { Finding } from '../../domain/claim.js';
import type { PageContext } from './context.js';
import { PlaceText } from './links.js';

export function FindingList({
  findings,
  context,
}: {
  findings: readonly Finding[];
  context: PageContext;
}): VNode {
  return (
    <ul class="reasons">
      {findings.map((finding) => (
        <li>
          <span class={finding.accepted === undefined ? 'mark bad' : 'mark none'}>
            {finding.accepted === undefined ? 'open' : 'accepted'}
          </span>{' '}
          {finding.message} <PlaceText place={finding.place} context={context} />
          {finding.accepted === undefined ? null : <p class="quiet">Accepted: {finding.accepted}</p>}
        </li>
      ))}
    </ul>
  );
}
