import { drawingOf, openAtFirst } from '../../../lib/cli/graph/drawing';
import { edge, graphOf, node } from './drawn';

const ANYBODY = node('', { id: 'anybody in the mesh', kind: 'anybody', name: 'anybody in the mesh', namespaceName: undefined });

describe('what is drawn', () => {
  it('has namespaces as boxes, and an arrow for all calls from one to another', () => {
    const graph = graphOf(
      [node('cart'), node('product')],
      [edge('cart', 'product'), edge('cart', 'product', { port: 9090, protocol: 'gRPC', mtls: 'no' })],
    );
    const { boxes, items, arrows } = drawingOf(graph, openAtFirst(graph));

    expect(boxes).toEqual([{ name: 'shop', plane: 'sidecar' }]);
    expect(items.map(({ title, subtitle, box }) => [title, subtitle, box])).toEqual([
      ['cart', 'service, sidecar', 'shop'],
      ['product', 'service, sidecar', 'shop'],
    ]);
    expect(arrows.map(({ rows, protection }) => [rows, protection])).toEqual([[['2 calls, HTTP, gRPC', '1 no mTLS'], 'no']]);
  });

  it('says on a single call what it is, who checks it, and which version gets how much', () => {
    const call = edge('cart', 'product', {
      enforcedAt: 'sidecar shop/product-v1 and sidecar shop/product-v2',
      requests: ['GET, /items/*, to 8080', 'POST, /a, to 8080', 'PUT, /b, to 8080'],
      shares: [
        { workload: 'shop/product-v1', percent: 90 },
        { workload: 'shop/product-v2', percent: 10 },
      ],
      routedBy: ['VirtualService shop/product'],
    });
    const graph = graphOf([node('cart'), node('product')], [call]);

    expect(drawingOf(graph, openAtFirst(graph)).arrows[0].rows).toEqual([
      'HTTP 8080, mTLS',
      'GET, /items/*',
      'POST, /a',
      'and 1 more',
      'at sidecar',
      '90 % product-v1, 10 % product-v2',
    ]);
  });

  it.each([
    [{ enforcedAt: 'waypoint shop/waypoint' }, ['HTTP 8080, mTLS', 'at waypoint shop/waypoint']],
    [{ enforcedAt: 'network', mtls: 'no' }, ['HTTP 8080, no mTLS', 'by network policies']],
    [{ protocol: 'TLS', mtls: 'no' }, ['TLS 8080', 'nobody checks']],
    [{ mtls: 'unclear', unknown: 'why' }, ['HTTP 8080', 'nobody can tell']],
    [{ requests: ['a.example: any method, /x and below, to 443'] }, ['HTTP 8080, mTLS', 'a.example: /x and below', 'nobody checks']],
    [{ requests: ['a.example: any method, any path, to 443'] }, ['HTTP 8080, mTLS', 'a.example', 'nobody checks']],
  ])('says of a call that is %j: %j', (more, rows) => {
    const graph = graphOf([node('cart'), node('product')], [edge('cart', 'product', more)]);

    expect(drawingOf(graph, openAtFirst(graph)).arrows[0].rows).toEqual(rows);
  });

  it('says at who is called that anybody may, and that it calls itself, instead of drawing arrows', () => {
    const open = edge('', 'cart', { caller: 'anybody in the mesh', butNot: ['shop/bad'], whoever: true });
    const graph = graphOf([ANYBODY, node('cart')], [open, edge('cart', 'cart')]);
    const { items, arrows } = drawingOf(graph, openAtFirst(graph));

    expect(arrows).toEqual([]);
    expect(items.map(({ title, rows }) => [title, rows])).toEqual([
      ['cart', ['anybody in the mesh: HTTP 8080, mTLS, but 1', 'itself: HTTP 8080, mTLS']],
    ]);
    expect(items[0].about).toContain('but not shop/bad');
  });

  it('closes namespaces where there is too much to be read, and counts what is in them', () => {
    const many = Array.from({ length: 50 }, (_, index) => node(`s${index}`, { namespaceName: index < 25 ? 'shop' : 'bank' }));
    const calls = [edge('s0', 's1'), edge('s0', 's30'), edge('s1', 's31', { mtls: 'no' }), edge('', 's2', { caller: ANYBODY.id })];
    const graph = graphOf([...many, ANYBODY], calls);
    const { boxes, items, arrows } = drawingOf(graph, openAtFirst(graph));

    expect(boxes).toEqual([]);
    expect(items.map(({ id, subtitle, rows }) => [id, subtitle, rows])).toEqual([
      ['namespace shop', '25 services, sidecar', ['1 call within', 'anybody in the mesh: 1 of them']],
      ['namespace bank', '25 services, sidecar', []],
    ]);
    expect(arrows.map(({ from, to, rows, about }) => [from, to, rows, about.length])).toEqual([
      ['namespace shop', 'namespace bank', ['2 calls, HTTP', '1 no mTLS'], 2],
    ]);

    const opened = drawingOf(graph, new Set(['bank']));
    expect(opened.boxes).toEqual([{ name: 'bank', plane: 'sidecar' }]);
    expect(opened.items).toHaveLength(26);
    expect(opened.arrows.map(({ from, to }) => [from, to])).toEqual([
      ['namespace shop', 'service shop/s30'],
      ['namespace shop', 'service shop/s31'],
    ]);
  });
});
