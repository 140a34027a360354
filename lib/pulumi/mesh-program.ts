import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import type { MeshReport } from 'istio-constructs';
import { warnOfAdoption } from './adoption';
import { requireInstallation } from './installation/require-installation';
import { kindOf } from './kinds';
import { requireNoErrors } from './require-no-errors';
import type { KubernetesManifest, KubernetesObject } from './kubernetes-object';
import { type ObjectsOptions, register } from './register';

/** What a program takes beside what every component takes. */
export interface MeshProgramOptions extends pulumi.ComponentResourceOptions {
  /**
   * Waits for every Gateway to be programmed, and for every HTTPRoute to be accepted with all that it refers to.
   * @default false
   */
  readonly awaitReady?: boolean;

  /**
   * The resources that install Istio and the CRDs of the Gateway API, where the same stack does: everything waits for them.
   * @default - they are there already
   */
  readonly crds?: pulumi.Input<pulumi.Resource>[];

  /**
   * Installs Istio as the IstioInstallation of the program says: a Helm release for each chart, and everything else after them.
   * @default false
   */
  readonly installIstio?: boolean;

  /**
   * Names of other programs of the stack, for the same cluster, from which objects have moved here: what they no longer have and this
   * one has stays as it is in the cluster.
   * @default - none
   */
  readonly takesOver?: readonly string[];
}

/** Which object of a kind and a name is meant, where there are several. */
export interface ObjectOptions {
  /** @default - the namespace of the only one */
  readonly namespace?: string;

  /** @default - the API of the only one */
  readonly apiVersion?: string;
}

/**
 * A mesh as a component of a Pulumi stack. Each object of the program is a resource of the Kubernetes provider right below it, after those
 * that it needs. It is known by its kind, namespace and name, whatever construct says it.
 */
export class MeshProgram extends pulumi.ComponentResource {
  /** What the program says, who may call whom in it, and what the rules think of it. */
  public readonly report: MeshReport;
  private readonly objects: readonly KubernetesObject[];

  /**
   * Runs a program and registers what it says. Findings of level error fail the preview before anything is registered; the others are
   * logged on the program.
   * @param name Name of the component; the names of all resources below begin with it
   * @param build The program: it adds constructs to the chart
   * @param options As for any component, and what else there is to wait for
   */
  public constructor(name: string, build: (chart: Chart) => void, options: MeshProgramOptions = {}) {
    const { awaitReady = false, crds = [], installIstio = false, takesOver = [], ...own } = options;
    super('istio-constructs:index:MeshProgram', name, {}, own);

    // Without an output folder: what some other synth wrote there is not what the stack has.
    const chart = new Chart(new App({ outdir: '' }), name);
    requireDone(name, build(chart));
    this.report = requireNoErrors(chart, this);
    warnOfAdoption(this);
    const inherited = { ...ofObjects(own), dependsOn: both(own.dependsOn, crds) };
    const formerNames = [...namesIn(own.aliases), ...takesOver];
    const installation = installIstio ? requireInstallation(name, chart, kindOf) : undefined;
    this.objects = register(chart, { program: this, name, formerNames, awaitReady, installation, inherited });
    this.registerOutputs({});
  }

  /**
   * What the API server has made of an object: its status, its uid and all else that it fills in.
   * @param kind Kind of the object
   * @param name Name of the object
   * @param options Which one, where several have this kind and name
   */
  public resource(kind: string, name: string, options: ObjectOptions = {}): pulumi.Output<KubernetesManifest> {
    const { namespace, apiVersion } = options;
    const ofKind = this.objects.filter(({ manifest }) => manifest.kind === kind);
    const found = ofKind.filter(
      ({ manifest }) =>
        manifest.metadata.name === name &&
        (namespace === undefined || manifest.metadata.namespace === namespace) &&
        (apiVersion === undefined || manifest.apiVersion === apiVersion),
    );
    if (found.length === 1) return found[0].live;
    const there = ofKind.map(({ manifest: { metadata } }) => [metadata.namespace, metadata.name].filter(Boolean).join('/'));
    throw new Error(
      [
        `${found.length === 0 ? 'no' : 'more than one'} ${kind} ${name}${namespace ? ` in ${namespace}` : ''}`,
        `  got: ${there.join(', ') || `no object of kind ${kind}`}`,
        `  fix: give a name that is there${found.length > 1 ? ', and the namespace or the apiVersion' : ''}`,
      ].join('\n'),
    );
  }
}

/** What was registered before a promise is kept would be half a program. */
function requireDone(name: string, result: unknown): void {
  if (!(result instanceof Promise)) return;
  // What goes wrong in it later is not told beside this.
  result.catch(() => undefined);
  throw new pulumi.RunError(
    [
      `MeshProgram ${name}: the program has to be there when its function returns`,
      `  got: an async function`,
      `  fix: await what it needs before new MeshProgram(…), or pass it on as an Output by asString and the like`,
    ].join('\n'),
  );
}

/** Of the options of a component those that it does not hand down by itself to what is below it. */
function ofObjects(options: pulumi.ComponentResourceOptions): ObjectsOptions {
  const { customTimeouts, deletedWith, hideDiffs, ignoreChanges, replaceOnChanges, replaceWith, replacementTrigger, retainOnDelete } =
    options;
  return { customTimeouts, deletedWith, hideDiffs, ignoreChanges, replaceOnChanges, replaceWith, replacementTrigger, retainOnDelete };
}

/** Of the aliases of a program those by which its objects were named. */
function namesIn(aliases: pulumi.ComponentResourceOptions['aliases']): string[] {
  if (!Array.isArray(aliases)) return [];
  return aliases.flatMap((alias) => {
    const name: unknown = typeof alias === 'object' && 'name' in alias ? alias.name : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

type Resources = pulumi.Input<pulumi.Input<pulumi.Resource>[]>;

function both(first: pulumi.CustomResourceOptions['dependsOn'], more: pulumi.Input<pulumi.Resource>[]): Resources {
  if (first === undefined) return more;
  if (Array.isArray(first)) return [...first, ...more];
  const known = pulumi.output(first as pulumi.Input<any>);
  return known.apply((one: pulumi.Resource | pulumi.Resource[]) => [...[one].flat(), ...more]);
}
