// A clinic whose teams share a cluster: nothing is open that nobody asked for, and what was asked for has a reason and often a day.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  Findings,
  HttpAccess,
  IngressGateway,
  Mesh,
  MeshedService,
  MeshPort,
  MTls,
  PodSecurity,
  ServiceIdentity,
  Tenant,
  Waypoint,
  ZeroTrustNamespace,
  ZeroTrustStage,
} from 'istio-constructs';

export interface ClinicProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
  /**
   * The same for the laboratory, which in ambient mode shares a waypoint.
   * @default dataPlane
   */
  readonly labPlane?: DataPlane;
}

/** What the clinic is made with in each data plane. */
export const PLANES: Readonly<Record<'sidecar' | 'ambient', ClinicProps>> = {
  sidecar: { dataPlane: DataPlane.sidecar() },
  ambient: { dataPlane: DataPlane.ambient(), labPlane: DataPlane.ambient({ waypoint: Waypoint.sharedFrom('records') }) },
};

const PORTAL = 'portal.clinic.example.com';

export class Clinic extends Chart {
  constructor(scope: Construct, id: string, { dataPlane, labPlane = dataPlane }: ClinicProps) {
    super(scope, id);
    new Mesh(this, 'mesh', { mtls: MTls.STRICT, cni: true });
    this.divide();

    const ingress = new ZeroTrustNamespace(this, 'ingress', { dataPlane });
    const records = new ZeroTrustNamespace(this, 'records', { dataPlane });
    const lab = new ZeroTrustNamespace(this, 'lab', { dataPlane: labPlane });

    const portal = this.service(records, 'portal');
    const patients = this.service(records, 'patients');
    const results = this.service(lab, 'results');
    new IngressGateway(ingress, 'edge', { tlsSecret: 'portal-cert' }).expose(portal, { host: PORTAL });
    portal.calls(patients, { http: [HttpAccess.get('/patients/*'), HttpAccess.post('/patients')] });
    portal.calls(results, { http: [HttpAccess.get('/results/*')] });

    // Whoever is let in, and whatever is granted later: nobody does this over the network.
    patients.access.denyAnyone({ http: [HttpAccess.anyMethod('/admin')] });
    this.letAuditorIn(patients);
    this.closeArchive(dataPlane, patients);
  }

  /** Whose namespaces and hosts are whose. The API server holds it, whoever writes there. */
  private divide(): void {
    new Tenant(this, 'care', { namespaces: ['records', 'lab'], hosts: [PORTAL], gateways: ['ingress/edge'], admission: true });
    new Tenant(this, 'office', { namespaces: ['archive'], admission: true });
  }

  private service(home: ZeroTrustNamespace, name: string): MeshedService {
    return new MeshedService(home, name, { image: `ghcr.io/acme/${name}:1.0.0`, ports: [MeshPort.http(8080)] });
  }

  /** For a time: synth warns until the day, and fails afterwards. */
  private letAuditorIn(patients: MeshedService): void {
    const reason = 'the yearly audit, and it ends with the year';
    patients.access.allow(ServiceIdentity.of('audit', 'auditor'), { http: [HttpAccess.get('/patients/*')], until: '2099-12-31', reason });
    Findings.of(this).acknowledge('MESH252', 'the auditors know the day');
  }

  /** In use for years, by callers that nobody has a list of. It takes those that are known beside all others, and closes with one word. */
  private closeArchive(dataPlane: DataPlane, patients: MeshedService): void {
    const archive = new ZeroTrustNamespace(this, 'archive', {
      dataPlane,
      stage: ZeroTrustStage.ALLOW_KNOWN,
      podSecurity: PodSecurity.baseline({ reason: 'its image runs as root until the new archive is there' }),
    });
    const files = new MeshedService(archive, 'files', { image: 'ghcr.io/acme/files:0.9.0', ports: [MeshPort.http(8080)] });
    patients.calls(files, { http: [HttpAccess.post('/files')] });
    Findings.of(archive).acknowledge('MESH276', 'the scanners of two wards are still looked for');
  }
}
