import { element, shape } from '../dom';
import { symbol } from '../view/drawing';

const LINES = [
  ['http', 'HTTP'],
  ['grpc', 'gRPC'],
  ['tcp', 'TCP'],
  ['tls', 'TLS'],
  ['guessed', 'guessed from the bytes'],
  ['several', 'several'],
] as const;

const SYMBOLS = [
  ['yes', 'mutual TLS'],
  ['no', 'no mutual TLS'],
  ['unclear', 'mutual TLS unclear'],
  ['service', 'service'],
  ['gateway', 'gateway'],
  ['workload', 'workload'],
  ['external', 'external host'],
  ['outside', 'whoever comes in'],
  ['anybody', 'anybody'],
  ['namespace', 'closed namespace'],
] as const;

/** What lines and symbols mean: each has a form of its own beside its colour. */
export function legend(): HTMLElement {
  const lines = LINES.map(([kind, text]) => {
    const way = shape('path', { d: 'M1 8H43', class: 'way' });
    return entry(
      shape('svg', { viewBox: '0 0 44 16', width: 44, height: 16, class: `line line-${kind}`, 'aria-hidden': 'true' }, way),
      text,
    );
  });
  const symbols = SYMBOLS.map(([name, text]) =>
    entry(
      shape(
        'svg',
        { viewBox: '0 0 16 16', width: 16, height: 16, class: `mtls-${name} item-${name}`, 'aria-hidden': 'true' },
        symbol(name, { x: 8, y: 8 }),
      ),
      text,
    ),
  );
  const notes = element(
    'li',
    { class: 'wide-entry' },
    'On a line: protocol and port, then where it is enforced and the share of each version. ! and “open to anybody”: let in whoever sends it.',
  );
  return element('ul', {}, ...lines, ...symbols, notes);
}

function entry(picture: Element, text: string): HTMLElement {
  return element('li', {}, picture, text);
}
