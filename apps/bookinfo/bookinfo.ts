// Bookinfo, the bookshop of Istio's guides: a page that asks for details and reviews, reviews that ask for ratings, three versions of the
// reviews, one user who sees another one than the rest, and slow ratings for that user, to see what the page makes of it.
import { ApiObject, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  CanaryRelease,
  DataPlane,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  RequestMatch,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';

export interface BookinfoProps {
  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;
}

export class Bookinfo extends Chart {
  constructor(scope: Construct, id: string, props: BookinfoProps) {
    super(scope, id);

    const books = new ZeroTrustNamespace(this, 'bookinfo', { dataPlane: props.dataPlane });

    const productpage = new MeshedService(books, 'productpage', {
      image: imageOf('productpage', 'v1'),
      ports: [MeshPort.http(9080)],
      readiness: WorkloadProbe.http('/health'),
    });
    const details = new MeshedService(books, 'details', { image: imageOf('details', 'v1'), ports: [MeshPort.http(9080)] });
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

    // Half of the readers see red stars (v3), the others none (v1); jason sees black ones (v2), at weight 0 too.
    new CanaryRelease(books, 'reviews-v2', {
      service: reviews,
      canary: { version: 'v2', image: imageOf('reviews', 'v2') },
      weight: 0,
      match: [RequestMatch.header('end-user', JASON)],
    });
    new CanaryRelease(books, 'reviews-v3', {
      service: reviews,
      canary: { version: 'v3', image: imageOf('reviews', 'v3') },
      steps: [50, 75, 100],
      step: 1,
    });

    slowRatings(books, ratings);

    const edge = new MeshNamespace(this, 'edge', { dataPlane: props.dataPlane });
    const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'bookinfo-cert' });
    for (const [page, pathPrefix] of Object.entries(PAGES)) {
      gateway.expose(productpage, { host: 'bookinfo.example.com', pathPrefix, routeName: `productpage-${page}` });
    }
  }
}

const JASON = 'jason';

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

// RAW: there is no construct for faults yet. For jason the ratings take seven seconds to answer.
function slowRatings(books: ZeroTrustNamespace, ratings: MeshedService): ApiObject {
  const route = [{ destination: { host: ratings.host, port: { number: 9080 } } }];
  return new ApiObject(books, 'slow-ratings', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'ratings' },
    spec: {
      hosts: [ratings.host],
      http: [
        {
          match: [{ headers: { 'end-user': { exact: JASON } } }],
          fault: { delay: { percentage: { value: 100 }, fixedDelay: '7s' } },
          route,
        },
        { route },
      ],
    },
  });
}
