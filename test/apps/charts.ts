import { App, type Chart } from 'cdk8s';
import type { DataPlane } from 'istio-constructs';
import { Bookinfo } from '../../apps/bookinfo/bookinfo';
import { OnlineShop } from '../../apps/online-shop/online-shop';

/** The chart of every program under `apps/`, in an App of its own. */
export const CHARTS: Readonly<Record<string, (dataPlane: DataPlane) => Chart>> = {
  bookinfo: (dataPlane) => new Bookinfo(new App(), 'bookinfo', { dataPlane }),
  'online-shop': (dataPlane) => new OnlineShop(new App(), 'online-shop', { dataPlane }),
};
