// A travel agency that lives from calls to others: partners beyond one egress gateway, a storage provider with a name for each bucket, a system of the company at a
// private address, the node's metadata server, and a log server that takes packets of UDP.
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  DataPlane,
  EgressGateway,
  ExternalNetwork,
  ExternalPort,
  ExternalService,
  Findings,
  HttpAccess,
  MeshedService,
  MeshPort,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface EgressProps {
  /** How the pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class Agency extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: EgressProps) {
    super(scope, id);

    const agency = new ZeroTrustNamespace(this, 'agency', { dataPlane });
    const service = (name: string) =>
      new MeshedService(agency, name, { image: `ghcr.io/acme/${name}:1.0.0`, ports: [MeshPort.http(8080)] });
    const [booking, prices, documents] = [service('booking'), service('prices'), service('documents')];
    booking.calls(prices, { http: [HttpAccess.get('/prices/*')] });
    booking.calls(documents);

    // Partners are left for through one gateway alone, by those who have business with them.
    const egress = new ZeroTrustNamespace(this, 'egress', { dataPlane });
    const through = new EgressGateway(egress, 'way-out');
    const airline = new ExternalService(egress, 'airline', { host: 'api.airline.example.com', port: ExternalPort.https(), through });
    booking.calls(airline);

    // The application asks in plain HTTP; the gateway begins TLS, checks the certificate, and lets only this one question out.
    const rates = new ExternalService(egress, 'rates', { host: 'rates.example.com', port: ExternalPort.tlsOrigination(), through });
    prices.calls(rates, { http: [HttpAccess.get('/v1/rates/*')] });

    // Each bucket has a name of its own. Applications speak TLS themselves, and proxies see for which bucket.
    const buckets = new ExternalService(agency, 'buckets', { host: '*.storage.example.com', port: ExternalPort.https() });
    documents.calls(buckets);
    Findings.of(documents).acknowledge('MESH209', 'the provider has too many addresses to name them');

    // Inside the company: its name is answered with 10.60.1.20.
    const ledger = new ExternalService(agency, 'ledger', {
      host: 'ledger.corp.example.com',
      port: ExternalPort.https(8443),
      addresses: ['10.60.1.0/24'],
    });
    booking.calls(ledger);

    // Credentials for the buckets come from the node; logs go out as packets of UDP.
    const metadata = new ExternalNetwork(agency, 'metadata', { addresses: ['169.254.169.254'], ports: [ExternalPort.tcp(80)] });
    documents.calls(metadata);
    const syslog = new ExternalNetwork(agency, 'syslog', { addresses: ['10.60.9.0/28'], ports: [ExternalPort.udp(514)] });
    for (const one of [booking, prices, documents]) one.calls(syslog);

    for (const one of [booking, prices])
      Findings.of(one).acknowledge('MESH209', 'the gateway alone leaves, for two partners without fixed addresses');
  }
}
