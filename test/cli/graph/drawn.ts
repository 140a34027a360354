import type { MeshGraph, MeshGraphEdge, MeshGraphNode } from 'istio-constructs';

/** Names that mean something in one of the formats, or cannot be seen. */
export const HOSTILE = [
  '"];evil[<script>alert(1)</script>]',
  'end',
  '</title><script>alert(2)</script>',
  '`**bold**` #quot; #35;',
  '%%{init: {"theme":"dark"}}%%',
  'a\nb --> c',
  '\\N \\G "x\\',
  '&lt;b&gt; &amp;',
  '1. list',
  '- item',
  '<img src=x onerror=alert(3)>',
  ']]>',
  '\u202egnp.exe',
  '\u0000\u0008\ud800',
  'click n0 "javascript:alert(1)"',
  '$$x^2$$',
  '|pipe|',
  '中文 é',
];

export function node(name: string, more: Partial<MeshGraphNode> = {}): MeshGraphNode {
  return { id: `service shop/${name}`, kind: 'service', name, namespaceName: 'shop', plane: 'sidecar', title: name, objects: [], ...more };
}

export function edge(caller: string, callee: string, more: Partial<MeshGraphEdge> = {}): MeshGraphEdge {
  return {
    id: `${caller} -> ${callee}`,
    caller: `service shop/${caller}`,
    callee: `service shop/${callee}`,
    workloads: [],
    butNot: [],
    port: 8080,
    protocol: 'HTTP',
    mtls: 'yes',
    enforcedAt: 'nothing',
    requests: ['any method, any path, to 8080'],
    shares: [],
    decidedBy: [],
    routedBy: [],
    whoever: false,
    ...more,
  };
}

export function graphOf(nodes: MeshGraphNode[], edges: MeshGraphEdge[]): MeshGraph {
  const names = [...new Set(nodes.flatMap(({ namespaceName }) => namespaceName ?? []))];
  return { namespaces: names.map((name) => ({ name, plane: 'sidecar' })), nodes, edges, objects: {}, notRead: [] };
}

/** Everywhere where a name may stand, a hostile one. */
export function hostileGraph(): MeshGraph {
  const kinds = ['service', 'workload', 'gateway', 'external', 'outside'];
  const nodes = HOSTILE.map((name, index) => node(name, { kind: kinds[index % 5], namespaceName: HOSTILE[index % 4] }));
  const edges = HOSTILE.map((name, index) =>
    edge(name, HOSTILE[(index + 1) % HOSTILE.length], {
      enforcedAt: `waypoint ${name}`,
      requests: [name],
      shares: [
        { workload: `shop/${name}`, percent: 50 },
        { workload: `shop/x${name}`, percent: 50 },
      ],
      decidedBy: [name],
      routedBy: [name],
      workloads: [name],
      butNot: [name],
    }),
  );
  return graphOf(nodes, edges);
}
