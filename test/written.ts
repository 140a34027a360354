import type { IConstruct } from 'constructs';
import {
  DataPlane,
  HttpAccess,
  type MeshedService,
  MeshPort,
  MeshReport,
  ServiceIdentity,
  WrittenMesh,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { newChart, service } from './builders';

type Plane = { readonly dataPlane: DataPlane };

/** The program of another team: two services in a closed namespace, of which the shop's cart may read invoices. */
export interface Billing {
  readonly billing: ZeroTrustNamespace;
  readonly invoice: MeshedService;
  readonly ledger: MeshedService;
}

export const SIDECAR: Plane = { dataPlane: DataPlane.sidecar() };

export function newBilling({ dataPlane }: Plane = SIDECAR): Billing {
  const billing = new ZeroTrustNamespace(newChart('billing-chart'), 'billing', { dataPlane });
  const ports = [MeshPort.http(80, { targetPort: 8080 }), MeshPort.grpc(9090)];
  const invoice = service(billing, 'invoice', { ports });
  const ledger = service(billing, 'ledger', { ports: [MeshPort.tcp(5432)] });
  invoice.calls(ledger);
  return { billing, invoice, ledger };
}

/** The same, where the cart of the shop may read invoices. */
export function billingForCart({ dataPlane }: Plane = SIDECAR): Billing {
  const one = newBilling({ dataPlane });
  one.invoice.access.allow(ServiceIdentity.of('shop', 'cart', { dataPlane }), { port: 80, http: [HttpAccess.get('/invoices/*')] });
  return one;
}

/** What such a program writes. */
export function writtenBy({ billing }: { readonly billing: IConstruct }): WrittenMesh {
  return WrittenMesh.fromJson(MeshReport.of(billing).toJson());
}

/** The text of mesh.json, as synth writes it for several Apps. */
export function meshJsonOf(...apps: readonly IConstruct[]): string {
  return JSON.stringify({ version: 1, clusters: apps.map((app): unknown => JSON.parse(MeshReport.of(app).toJson())) });
}
