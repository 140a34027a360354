// Bookinfo, the bookshop of Istio's guides: a page that asks for details and reviews, reviews that ask for ratings, and three versions of the
// reviews. `stages.ts` has what Istio's tasks do with it.
import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RequestRouting,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { addShadow, type Stage, type StageName, STAGES } from './stages';

export interface BookinfoProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;

  /**
   * Which of Istio's tasks is under way.
   * @default all-v1
   */
  readonly stage?: StageName;
}

export class Bookinfo extends Chart {
  constructor(scope: Construct, id: string, { dataPlane, stage = 'all-v1' }: BookinfoProps) {
    super(scope, id);

    const { reviews: rules, shadow, details: limits, faults }: Stage = STAGES[stage];
    const books = new ZeroTrustNamespace(this, 'bookinfo', { dataPlane });

    const productpage = new MeshedService(books, 'productpage', {
      image: imageOf('productpage', 'v1'),
      ports: [MeshPort.http(9080)],
      readiness: WorkloadProbe.http('/health'),
    });
    const details = new MeshedService(books, 'details', {
      image: imageOf('details', 'v1'),
      ports: [MeshPort.http(9080)],
      circuitBreaker: limits,
    });
    const reviews = new MeshedService(books, 'reviews', {
      image: imageOf('reviews', 'v1'),
      ports: [MeshPort.http(9080)],
      env: { LOG_DIR: '/tmp/logs' },
      resources: { memoryMebibytes: 256, memoryLimitMebibytes: 512 }, // a Java server
    });
    const ratings = new MeshedService(books, 'ratings', { image: imageOf('ratings', 'v1'), ports: [MeshPort.http(9080)] });

    // Containers run on a read-only root file system: what is written needs a volume. That of reviews goes for all of its versions.
    addFolder(productpage, 'tmp', '/tmp');
    addFolder(reviews, 'tmp', '/tmp');
    addFolder(reviews, 'wlp-output', '/opt/ibm/wlp/output');

    productpage.calls(details, { http: [HttpAccess.get('/details/*')] });
    productpage.calls(reviews, { http: [HttpAccess.get('/reviews/*')] });
    reviews.calls(ratings, { http: [HttpAccess.get('/ratings/*')] });

    const shop = { books, reviews, ratings };
    const versions = ['v2', 'v3'].filter((version) => version !== shadow);
    new RequestRouting(books, 'routes', {
      service: reviews,
      versions: versions.map((version) => ({ version, image: imageOf('reviews', version) })),
      rules,
    });
    addShadow(shop, shadow, (version) => imageOf('reviews', version));
    faults?.(shop);

    const edge = new MeshNamespace(this, 'edge', { dataPlane });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'bookinfo-cert' });
    for (const [page, pathPrefix] of Object.entries(PAGES)) {
      gateway.expose(productpage, { host: 'bookinfo.example.com', pathPrefix, routeName: `productpage-${page}` });
    }
  }
}

/** What readers see: each has a route of its own. */
const PAGES = {
  page: '/productpage',
  static: '/static',
  login: '/login',
  logout: '/logout',
  api: '/api/v1/products',
};

function imageOf(name: string, version: string): string {
  return `docker.io/istio/examples-bookinfo-${name}-${version}:1.20.3`;
}

function addFolder(service: MeshedService, name: string, path: string): void {
  const { deployment } = service;
  const medium = { sizeLimit: Size.mebibytes(64) };
  deployment.containers[0].mount(path, kplus.Volume.fromEmptyDir(service, `${name}-volume`, name, medium));
}
