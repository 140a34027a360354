import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshRegistry } from '../../graph/mesh-registry';

/** A reserved place in the tree: whenever it is filled, what is in it comes out where it was reserved, so that order of declaration never shows. */
export class Slot extends Construct {
  /** Makes the object on the first call; later calls find it there. */
  fill(make: (scope: Construct, id: string) => ApiObject, id = 'Resource'): void {
    if (!this.node.tryFindChild(id)) MeshRegistry.of(this).own(make(this, id));
  }

  /** Lets a newcomer come out before the siblings whose ids sort behind its own, although they were there first. */
  sortLast(id: string): void {
    const newcomer = this.node.findChild(id);
    for (const sibling of this.node.children) {
      if (sibling.node.id > id && this.node.children.indexOf(sibling) < this.node.children.indexOf(newcomer))
        sibling.node.addDependency(newcomer);
    }
  }

  clear(): void {
    for (const child of this.node.children) this.node.tryRemoveChild(child.node.id);
  }

  get isEmpty(): boolean {
    return this.node.children.length === 0;
  }
}
