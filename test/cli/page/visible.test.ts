import type { MeshGraph, MeshGraphEdge, MeshGraphNode } from 'istio-constructs';
import { namedLike, partOf } from '../../../lib/cli/page/filter';
import { visibleOf } from '../../../lib/cli/page/visible';

const node = (namespaceName: string, name: string, kind = 'service'): MeshGraphNode => ({
  id: `${kind} ${namespaceName}/${name}`,
  kind,
  name,
  namespaceName,
  plane: 'sidecar',
  title: name,
  objects: [],
});

const edge = (caller: MeshGraphNode, callee: MeshGraphNode, more: Partial<MeshGraphEdge> = {}): MeshGraphEdge => ({
  id: `${caller.id} -> ${callee.id}`,
  caller: caller.id,
  callee: callee.id,
  workloads: [],
  butNot: [],
  port: 80,
  protocol: 'HTTP',
  mtls: 'yes',
  enforcedAt: 'nothing',
  requests: [],
  shares: [],
  decidedBy: [],
  routedBy: [],
  whoever: false,
  ...more,
});

const [cart, product, payment, ledger] = [node('shop', 'cart'), node('shop', 'product'), node('bank', 'payment'), node('bank', 'ledger')];

const graph: MeshGraph = {
  namespaces: [
    { name: 'bank', plane: 'ambient' },
    { name: 'shop', plane: 'sidecar' },
  ],
  nodes: [cart, product, payment, ledger],
  edges: [
    edge(cart, product),
    edge(cart, payment),
    edge(product, payment, { protocol: 'gRPC' }),
    edge(payment, ledger, { mtls: 'no', whoever: true }),
    edge(cart, cart),
  ],
  objects: {},
  notRead: [],
};

describe('what of a mesh is on the map', () => {
  it('is all of it where every namespace is open', () => {
    const { items, lines, boxes } = visibleOf(graph, graph, new Set(['bank', 'shop']));
    expect(items.map(({ id }) => id)).toEqual(graph.nodes.map(({ id }) => id));
    expect(lines).toHaveLength(5);
    expect(boxes).toEqual(graph.namespaces);
    expect(items.find(({ id }) => id === ledger.id)).toMatchObject({ isOpenToAnybody: true, subtitle: 'service' });
  });

  it('is one line from a closed namespace to another for all calls between, and none for those within', () => {
    const { items, lines, boxes } = visibleOf(graph, graph, new Set());
    expect(items).toEqual([
      expect.objectContaining({ id: 'namespace bank', subtitle: '2 services, ambient', isOpenToAnybody: true }),
      expect.objectContaining({ id: 'namespace shop', subtitle: '2 services, sidecar', isOpenToAnybody: false }),
    ]);
    expect(lines.map(({ id, edges }) => [id, edges.length])).toEqual([['namespace shop -> namespace bank', 2]]);
    expect(boxes).toEqual([]);
  });

  it('is what a filter lets through, with whoever takes part', () => {
    expect(partOf(graph, {})).toEqual({ nodes: graph.nodes, edges: graph.edges });
    expect(partOf(graph, { protocol: 'gRPC' }).nodes).toEqual([product, payment]);
    expect(partOf(graph, { openToAnybody: true }).nodes).toEqual([payment, ledger]);
    expect(partOf(graph, { namespace: 'shop', mtls: 'no' })).toEqual({ nodes: [], edges: [] });
    expect(partOf(graph, { namespace: 'bank' }).edges).toHaveLength(3);
  });

  it('is found by parts of names, those that begin so first', () => {
    expect(namedLike(graph.nodes, 'p').map(({ name }) => name)).toEqual(['payment', 'product', 'cart']);
    expect(namedLike(graph.nodes, 'BANK led')).toEqual([ledger]);
    expect(namedLike(graph.nodes, ' ')).toEqual([]);
  });
});
