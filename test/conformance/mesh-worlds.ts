import type { Chart } from 'cdk8s';
import fc from 'fast-check';
import { DataPlane, ExternalPort, ExternalService, IngressGateway, MeshedService, MeshNamespace } from 'istio-constructs';
import { buildMesh } from '../properties/build-mesh';
import { type MeshPlan, meshPlan } from '../properties/mesh-arbitrary';

/** A mesh with doors in and out, from which an object may have got lost. */
export interface World {
  readonly mesh: MeshPlan;
  /** Index of the service that is exposed. */
  readonly exposed?: number;
  /** Index of the service that calls a host outside. */
  readonly leaving?: number;
  /** Which of the objects that Istio reads is missing. */
  readonly lost?: number;
}

// Small numbers first: what is left of a counterexample is easier to read so.
const maybe = (max: number) => fc.option(fc.nat(max), { nil: undefined });

export const world: fc.Arbitrary<World> = meshPlan.chain((mesh) => {
  const last = mesh.services.length - 1;
  return fc.record({ mesh: fc.constant(mesh), exposed: maybe(last), leaving: maybe(last), lost: maybe(40) });
});

/** The objects of a world. Whether they are a good idea is not asked: the evaluator and istiod have to agree on bad ones too. */
export function manifestsOf({ mesh, exposed, leaving, lost }: World): object[] {
  const chart = buildMesh(mesh);
  const services = servicesOf(chart);
  if (exposed !== undefined) {
    const edge = new MeshNamespace(chart, 'edge', { dataPlane: mesh.ambient[0] ? DataPlane.ambient() : DataPlane.sidecar() });
    new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' }).expose(services[exposed], { host: 'shop.example.com', pathPrefix: '/a' });
  }
  if (leaving !== undefined) {
    const outside = { host: 'api.example.com', port: ExternalPort.https() };
    services[leaving].calls(new ExternalService(services[leaving].node.scope ?? chart, 'outside', outside));
  }
  return lose(chart.toJson() as object[], lost);
}

/** Sorted by name, which is the order in which the plan has them. */
const servicesOf = (chart: Chart): MeshedService[] =>
  chart.node
    .findAll()
    .filter((one) => one instanceof MeshedService)
    .sort((a, b) => (a.serviceName < b.serviceName ? -1 : 1));

const MADE_FOR_ISTIO = /^(security|networking)\.istio\.io|^gateway\.networking\.k8s\.io/;

function lose(manifests: object[], index: number | undefined): object[] {
  const losable = manifests.filter((manifest) => MADE_FOR_ISTIO.test((manifest as { apiVersion: string }).apiVersion));
  const lost = index === undefined ? undefined : losable[index % losable.length];
  return manifests.filter((manifest) => manifest !== lost);
}
