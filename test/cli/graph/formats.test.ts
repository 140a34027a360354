import { DOMParser, type Element } from '@xmldom/xmldom';
import { drawingOf, type Drawing, openAtFirst } from '../../../lib/cli/graph/drawing';
import { asDot } from '../../../lib/cli/graph/dot';
import { asMermaid } from '../../../lib/cli/graph/mermaid';
import { printable } from '../../../lib/cli/graph/printable';
import { asSvg } from '../../../lib/cli/graph/svg/svg';
import { edge, graphOf, HOSTILE, hostileGraph, node } from './drawn';

function drawn(
  graph = graphOf(
    [node('cart'), node('product'), node('bank', { namespaceName: 'bank' })],
    [edge('cart', 'product'), edge('cart', 'bank')],
  ),
): Drawing {
  return drawingOf(graph, openAtFirst(graph));
}

/** As a strict reader of XML has it. */
function elements(svg: string, name: string): Element[] {
  const onError = (level: string, message: string): never => {
    throw new Error(`${level}: ${message}`);
  };
  const document = new DOMParser({ onError }).parseFromString(svg, 'image/svg+xml');
  return Array.from(document.getElementsByTagName(name));
}

describe('DOT', () => {
  it('is a graph to Graphviz, with a cluster for each namespace', async () => {
    const viz = await (await import('@viz-js/viz')).instance();
    const { objects = [], edges = [] } = viz.renderJSON(asDot(drawn())) as {
      objects?: { name: string; label?: string }[];
      edges?: { label: string }[];
    };

    expect(objects.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['shop (sidecar)', 'bank (sidecar)', 'cart\\nservice, sidecar']),
    );
    expect(edges.map(({ label }) => label)).toEqual(['HTTP 8080, mTLS\\nnobody checks', 'HTTP 8080, mTLS\\nnobody checks']);
  });

  it('shows every name as it is, and nothing of it is a word of Graphviz', async () => {
    const viz = await (await import('@viz-js/viz')).instance();
    const svg = viz.renderString(asDot(drawn(hostileGraph())), { format: 'svg' });
    const texts = elements(svg, 'text').map(({ textContent }) => textContent!.replaceAll('\u00a0', ' '));

    expect(elements(svg, 'script').concat(elements(svg, 'img'))).toEqual([]);
    expect(texts).toEqual(expect.arrayContaining(HOSTILE.map(printable)));
  });
});

describe('SVG', () => {
  it('is XML with a name and words for who does not see it, in light and dark', async () => {
    const svg = await asSvg(drawn(), 'Who may call whom');
    const [root] = elements(svg, 'svg');

    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-labelledby')).toBe('mesh-title mesh-about');
    expect(elements(svg, 'title')[0].textContent).toBe('Who may call whom');
    expect(elements(svg, 'desc')[0].textContent).toBe(
      'cart calls product: HTTP 8080, mTLS, nobody checks. cart calls bank: HTTP 8080, mTLS, nobody checks.',
    );
    expect(elements(svg, 'style')[0].textContent).toContain('prefers-color-scheme: dark');
  });

  it('has a place for everything, and for nothing twice', async () => {
    const svg = await asSvg(drawn(), 'Mesh');
    const places = elements(svg, 'g').filter((one) => one.getAttribute('class')?.startsWith('item'));
    const rects = places.map((place) => place.getElementsByTagName('rect')[0]);

    expect(rects).toHaveLength(3);
    expect(new Set(rects.map((rect) => `${rect.getAttribute('x')} ${rect.getAttribute('y')}`)).size).toBe(3);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('holds hostile names as text alone', async () => {
    const svg = await asSvg(drawn(hostileGraph()), HOSTILE[2]);
    const texts = elements(svg, 'text').map(({ textContent }) => textContent);

    expect(elements(svg, 'script').concat(elements(svg, 'img'))).toEqual([]);
    expect(texts).toEqual(expect.arrayContaining(HOSTILE.map(printable)));
    expect(elements(svg, 'title')[0].textContent).toBe(HOSTILE[2]);
  });

  it('has what nobody calls in several columns', async () => {
    const svg = await asSvg(
      drawn(
        graphOf(
          Array.from({ length: 16 }, (_, index) => node(`s${index}`)),
          [],
        ),
      ),
      'Mesh',
    );
    const places = elements(svg, 'g').filter((one) => one.getAttribute('class')?.startsWith('item'));
    const columns = new Set(places.map((place) => place.getElementsByTagName('rect')[0].getAttribute('x')));

    expect(places).toHaveLength(16);
    expect(columns.size).toBe(3);
  });

  it('is a picture also of nothing, and the same each time', async () => {
    const empty = await asSvg({ boxes: [], items: [], arrows: [] }, 'Mesh');

    expect(elements(empty, 'desc')[0].textContent).toBe('Nobody calls anybody.');
    expect(await asSvg(drawn(), 'Mesh')).toBe(await asSvg(drawn(), 'Mesh'));
  });
});

describe('Mermaid', () => {
  it('is a flowchart with a subgraph for each namespace', () => {
    expect(asMermaid(drawn())).toBe(
      [
        'flowchart LR',
        '  subgraph b0["shop (sidecar)"]',
        '    n0["cart<br/>service, sidecar"]',
        '    n1["product<br/>service, sidecar"]',
        '  end',
        '  subgraph b1["bank (sidecar)"]',
        '    n2["bank<br/>service, sidecar"]',
        '  end',
        '  n0 -->|"HTTP 8080, mTLS<br/>nobody checks"| n1',
        '  n0 -->|"HTTP 8080, mTLS<br/>nobody checks"| n2',
        '',
      ].join('\n'),
    );
  });

  it('writes by its number whatever of a name Mermaid, Markdown or HTML could read', () => {
    const lines = asMermaid(drawn(hostileGraph())).split('\n').slice(1);
    const label = /"((?:[\p{L}\p{N}\u200b /,_:()]|#\d+;|<br\/>)*)"/u.source;
    const line = new RegExp(
      `^( *n\\d+[[({]*${label}[\\])}]*| *subgraph b\\d+\\[${label}\\]| *end| *n\\d+ -[-.]*>\\|${label}\\| n\\d+| *(classDef|class) .*|)$`,
      'u',
    );

    expect(lines.filter((one) => !line.test(one))).toEqual([]);
    expect(lines.filter((one) => one.trim() === 'end')).toHaveLength(4);
  });
});
