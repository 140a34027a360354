import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshRegistry } from '../access/mesh-registry';

/** A reserved place in the tree: whenever it is filled, what is in it comes out where it was reserved, so that order of declaration never shows. */
export class Place extends Construct {
  /** Makes the object on the first call; later calls find it there. */
  fill(make: (scope: Construct, id: string) => ApiObject, id = 'Resource'): void {
    if (!this.node.tryFindChild(id)) MeshRegistry.of(this).own(make(this, id));
  }

  clear(): void {
    for (const child of this.node.children) this.node.tryRemoveChild(child.node.id);
  }

  get isEmpty(): boolean {
    return this.node.children.length === 0;
  }
}
