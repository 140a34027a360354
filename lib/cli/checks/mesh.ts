import type { MeshDoor, MeshGraph, MeshGraphEdge, MeshGraphNode, Verdicts } from 'istio-constructs';
import { UsageError } from '../outcome';

/** What rules about all requests ask, each answer made once. */
export class Mesh {
  private readonly doors = new Map<string, readonly MeshDoor[]>();
  private graphMade?: MeshGraph;

  public constructor(public readonly verdicts: Verdicts) {}

  public doorsTo(callee: string): readonly MeshDoor[] {
    const known = this.doors.get(callee) ?? this.verdicts.doorsTo(callee);
    this.doors.set(callee, known);
    return known;
  }

  public get graph(): MeshGraph {
    this.graphMade ??= this.verdicts.graph;
    return this.graphMade;
  }

  /** What leads to a Service by its own name. */
  public edgesTo(callee: string): readonly MeshGraphEdge[] {
    const [, name, port] = /^(.*?)(?::(\d+))?$/s.exec(callee)!;
    const { id } = this.nodeNamed(name);
    return this.graph.edges.filter((edge) => edge.callee === id && (port === undefined || edge.port === Number(port)));
  }

  public nodeOf(id: string): MeshGraphNode {
    return this.graph.nodes.find((node) => node.id === id)!;
  }

  private nodeNamed(name: string): MeshGraphNode {
    const [first, second] = name.split('.');
    const found = this.graph.nodes.find(({ kind, id, name: own, namespaceName }) => {
      if (kind !== 'service' && kind !== 'external') return false;
      const key = id.slice(kind.length + 1);
      return key === name || (!name.includes('/') && (own === name || (own === first && namespaceName === second)));
    });
    if (!found) throw new UsageError(`it is asked of a Service or a ServiceEntry, and ${name} is none`);
    return found;
  }
}
