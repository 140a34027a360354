import type * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { formerIdsOf } from './formerly';
import { MeshComponent } from './mesh-component';

/** Under it each construct of the library carries the name of its class. */
const KIND = Symbol.for('istio-constructs.Kind');

type Named = IConstruct & { readonly [KIND]?: string };

/** What a construct is called in Pulumi's tree; undefined for the inner parts of another, which have no place of their own. */
export function kindOf(construct: IConstruct): string | undefined {
  const { [KIND]: className } = construct as Named;
  if (className !== undefined) return className;
  if (ApiObject.isApiObject(construct) || construct.node.scopes.some((scope) => KIND in scope)) return undefined;
  return Chart.isChart(construct) ? 'Chart' : 'Construct';
}

/** The resources of a program by the construct that they are made from. */
export class ComponentTree {
  private readonly components = new Map<IConstruct, pulumi.ComponentResource>();

  /** `root` is the construct that the program itself stands for. */
  public constructor(
    private readonly program: pulumi.ComponentResource,
    private readonly programName: string,
    private readonly root: IConstruct,
    private readonly options: pulumi.ComponentResourceOptions,
  ) {
    this.components.set(root, program);
  }

  /** The resource of the nearest construct that has one; made when it is first asked for, after those around it. */
  public componentOf(construct: IConstruct): pulumi.ComponentResource {
    const found = this.components.get(construct);
    if (found) return found;
    const { scope } = construct.node;
    if (!scope) return this.program;
    const parent = this.componentOf(scope);
    const kind = kindOf(construct);
    if (!kind || !construct.node.path.startsWith(`${this.root.node.path}/`)) return parent;
    const component = new MeshComponent(kind, this.nameOf(construct.node.path), {
      ...this.options,
      parent,
      aliases: this.aliasesOf(construct),
    });
    this.components.set(construct, component);
    return component;
  }

  private nameOf(path: string): string {
    return `${this.programName}/${path.slice(this.root.node.path.length + 1)}`;
  }

  private aliasesOf(construct: IConstruct): pulumi.Alias[] {
    const { path, id } = construct.node;
    return formerIdsOf(construct).map((former) => ({ name: this.nameOf(`${path.slice(0, -id.length)}${former}`) }));
  }
}
