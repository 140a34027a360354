// Payments, as most articles on Istio show them: who may ask for what, with whose token, what is tried again, and a new version that nobody sees yet.
import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  BlueGreenRelease,
  Color,
  DataPlane,
  FaultInjection,
  HttpAccess,
  JwtIssuer,
  Mesh,
  MeshedService,
  MeshPort,
  MTls,
  RequestMatch,
  RetryCondition,
  ServiceIdentity,
  TrafficMirror,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface PaymentsProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class Payments extends Chart {
  constructor(scope: Construct, id: string, { dataPlane }: PaymentsProps) {
    super(scope, id);

    // For the whole mesh: mutual TLS is a must, one request in ten is traced, access logs are on.
    new Mesh(this, 'mesh', { mtls: MTls.STRICT, tracing: { provider: 'tempo', samplingPercentage: 10 }, accessLog: true });

    const payments = new ZeroTrustNamespace(this, 'payments', { dataPlane });
    const api = new MeshedService(payments, 'payments-api', {
      image: 'ghcr.io/acme/payments-api:1.0.0',
      ports: [MeshPort.http(8080)],
      replicas: 3,
      retries: {
        attempts: 3,
        perTryTimeout: Duration.seconds(2),
        on: [RetryCondition.SERVER_ERROR, RetryCondition.RESET, RetryCondition.CONNECT_FAILURE],
        // The service knows a payment by its id. Without this word no POST would be tried again that may have been processed.
        idempotent: true,
      },
    });
    const ledger = new MeshedService(payments, 'ledger', { image: 'ghcr.io/acme/ledger:1.0.0', ports: [MeshPort.http(8080)] });
    api.calls(ledger);

    this.letIn(api);
    this.release(payments, api, ledger);
  }

  /** Who calls is run by other programs, and known by its account. */
  private letIn(api: MeshedService): void {
    const frontend = ServiceIdentity.of('frontend', 'frontend-sa');
    api.access.allow(frontend, { http: [HttpAccess.of({ methods: ['GET', 'POST'], paths: ['/api/payments/*'] })] });
    api.access.allow(ServiceIdentity.of('monitoring', 'prometheus'), { http: [HttpAccess.get('/metrics')] });

    // Money goes back only if the frontend brings the token of a clerk.
    const staff = JwtIssuer.of({ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/jwks', audiences: ['payments'] });
    api.access.allow(frontend, { http: [HttpAccess.post('/api/refunds/*')], user: { issuer: staff, claims: { role: ['clerk'] } } });
  }

  private release(payments: ZeroTrustNamespace, api: MeshedService, ledger: MeshedService): void {
    // Testers meet a slow and failing service, and nobody else does.
    new FaultInjection(payments, 'chaos', {
      service: api,
      match: [RequestMatch.header('x-chaos', 'true')],
      delay: { duration: Duration.seconds(5), percentage: 100 },
      abort: { status: 503, percentage: 50 },
    });

    // The next version gets a copy of one request in ten. Nobody sees its answers.
    const next = { version: 'v3', image: 'ghcr.io/acme/payments-api:3.0.0-rc1' };
    new TrafficMirror(payments, 'shadow', { service: api, mirror: next, percentage: 10 });

    new BlueGreenRelease(payments, 'ledger-green', {
      service: ledger,
      green: { version: 'v2', image: 'ghcr.io/acme/ledger:2.0.0' },
      live: Color.BLUE,
      preview: [RequestMatch.header('x-preview', 'green')],
    });
  }
}
