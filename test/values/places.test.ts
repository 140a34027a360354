import {
  DataPlane,
  DnsPeer,
  Infrastructure,
  IngressGateway,
  Mesh,
  MeshedService,
  MeshNamespace,
  MeshPort,
  UnmeshedService,
} from 'istio-constructs';
import { newChart } from '../builders';
import { expectRefusal } from '../support/refusal';

const dataPlane = DataPlane.ambient();
const ANY_MESH_ERROR = /^MESH0\d\d at .*\n {2}got: .*\n {2}fix: .*\n {2}declared at: .*places\.test\.ts:/;

describe('places that manifests name', () => {
  it.each(['10.0.0.10/32', 'fd00::10/128', '0.0.0.0/0'])('may be the address block %p', (cidr) => {
    expect(() => [Infrastructure.of({ apiServerCidr: cidr }), DnsPeer.nodeLocal(cidr)]).not.toThrow();
  });

  it.each(['', 'nonsense', '10.0.0.0', '10.0.0.0/33', '300.0.0.1/32'])('fails for the address block %p', (cidr) => {
    expect(() => Infrastructure.of({ apiServerCidr: cidr })).toThrow(ANY_MESH_ERROR);
    expectRefusal(() => DnsPeer.nodeLocal(cidr), { code: 'MESH031', path: 'DnsPeer', fix: '10.0.0.1/32' });
  });

  // `none` is the reserved word that takes a Service away from its waypoint.
  it.each(['', 'My waypoint', 'none'])('fails for a waypoint called %p', (waypoint) => {
    const attributes = { namespaceName: 'billing', ports: [MeshPort.http(80)], dataPlane, waypoint };
    const code = waypoint === 'none' ? 'MESH033' : 'MESH001';
    expect(() => MeshNamespace.fromName(newChart(), 'shop', { name: 'shop', dataPlane, waypoint })).toThrow(code);
    expect(() => MeshedService.fromAttributes(newChart(), 'invoice', attributes)).toThrow(ANY_MESH_ERROR);
  });

  it.each(['', 'My secret'])('fails for a Secret called %p', (tlsSecret) => {
    const refusal = { code: 'MESH032', path: 'test/gateway', fix: 'alone' };
    expectRefusal(() => new IngressGateway(newChart(), 'gateway', { tlsSecret }), refusal);
  });

  it('fails for a gateway whose name leaves no room for what Istio adds to it', () => {
    expect(() => new IngressGateway(newChart(), 'gateway', { tlsSecret: 'cert', name: 'g'.repeat(58) })).toThrow('MESH001');
  });

  it('fails for services of others without ports', () => {
    const host = 'db.databases.svc.cluster.local';
    const attributes = { namespaceName: 'billing', ports: [], dataPlane };
    expect(() => new UnmeshedService(newChart(), 'db', { host, ports: [] })).toThrow(ANY_MESH_ERROR);
    expect(() => MeshedService.fromAttributes(newChart(), 'invoice', attributes)).toThrow(ANY_MESH_ERROR);
  });

  it.each(['', 'Invoice.example', 'invoice example', 'https://invoice'])('fails for %p as the host of a service of others', (host) => {
    const attributes = { namespaceName: 'billing', ports: [MeshPort.http(80)], dataPlane, host };
    expect(() => MeshedService.fromAttributes(newChart(), 'invoice', attributes)).toThrow(ANY_MESH_ERROR);
  });

  it('fails for traces to nobody', () => {
    expect(() => new Mesh(newChart(), 'mesh', { tracing: { provider: '' } })).toThrow(ANY_MESH_ERROR);
  });
});
