import { App, type Chart } from 'cdk8s';
import { MovingShop } from '../../apps/ambient-migration/ambient-migration';
import { Bank } from '../../apps/bank/bank';
import { BlueGreenShop } from '../../apps/blue-green/blue-green';
import { Bookinfo } from '../../apps/bookinfo/bookinfo';
import { Boutique } from '../../apps/boutique/boutique';
import { CanaryShop } from '../../apps/canary/canary';
import { IngressShop } from '../../apps/ingress/ingress';
import { Databases } from '../../apps/databases/databases';
import { Agency } from '../../apps/egress/egress';
import { CLUSTERS, Delivered } from '../../apps/gitops/gitops';
import { Platform } from '../../apps/install/install';
import { Region } from '../../apps/multi-cluster/multi-cluster';
import { JwtShop } from '../../apps/jwt/jwt';
import { BoxOffice, PLANES as OBSERVED } from '../../apps/observability/observability';
import { OidcShop } from '../../apps/oidc/oidc';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { Payments } from '../../apps/payments/payments';
import { ProgressiveDelivery } from '../../apps/progressive-delivery/progressive-delivery';
import { RateLimited } from '../../apps/rate-limit/rate-limit';
import { ResilientShop } from '../../apps/resilience/resilience';
import { Billing } from '../../apps/workloads/workloads';
import { Clinic, PLANES } from '../../apps/zero-trust/zero-trust';
import type { PlaneUnderTest } from '../for-each-plane';

/** The chart of every program under `apps/`, in an App of its own. */
export const CHARTS: Readonly<Record<string, (plane: Pick<PlaneUnderTest, 'name' | 'dataPlane'>) => Chart>> = {
  'ambient-migration': ({ dataPlane }) => new MovingShop(new App(), 'ambient-migration', { dataPlane }),
  bank: ({ dataPlane }) => new Bank(new App(), 'bank', { dataPlane }),
  'blue-green': ({ dataPlane }) => new BlueGreenShop(new App(), 'blue-green', { dataPlane }),
  bookinfo: ({ dataPlane }) => new Bookinfo(new App(), 'bookinfo', { dataPlane }),
  boutique: ({ dataPlane }) => new Boutique(new App(), 'boutique', { dataPlane }),
  canary: ({ dataPlane }) => new CanaryShop(new App(), 'canary', { dataPlane }),
  ingress: ({ dataPlane }) => new IngressShop(new App(), 'ingress', { dataPlane }),
  databases: ({ dataPlane }) => new Databases(new App(), 'databases', { dataPlane }),
  egress: ({ dataPlane }) => new Agency(new App(), 'egress', { dataPlane }),
  gitops: ({ dataPlane }) => new Delivered(new App(), 'gitops', { engine: 'argo-cd', dataPlane, cluster: CLUSTERS[0] }),
  install: ({ dataPlane }) => new Platform(new App(), 'install', { dataPlane }),
  jwt: ({ dataPlane }) => new JwtShop(new App(), 'jwt', { dataPlane }),
  'multi-cluster': ({ name }) => new Region(new App(), 'multi-cluster', { cluster: 'east', plane: name }),
  observability: ({ name }) => new BoxOffice(new App(), 'observability', OBSERVED[name]),
  oidc: ({ dataPlane }) => new OidcShop(new App(), 'oidc', { dataPlane }),
  'online-shop': ({ dataPlane }) => new OnlineShop(new App(), 'online-shop', { dataPlane }),
  payments: ({ dataPlane }) => new Payments(new App(), 'payments', { dataPlane }),
  'progressive-delivery': ({ dataPlane }) => new ProgressiveDelivery(new App(), 'progressive-delivery', { dataPlane }),
  'rate-limit': ({ dataPlane }) => new RateLimited(new App(), 'rate-limit', { dataPlane }),
  resilience: ({ dataPlane }) => new ResilientShop(new App(), 'resilience', { dataPlane }),
  workloads: ({ dataPlane }) => new Billing(new App(), 'workloads', { dataPlane }),
  'zero-trust': ({ name }) => new Clinic(new App(), 'zero-trust', PLANES[name]),
};
