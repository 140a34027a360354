import type { ICaller } from './caller';
import type { HttpAccess } from './http-access';

/** What of a service a refusal is about, or a question (`askFirst`), or a mark (`audit`). It holds at the pods as well, and asks for no token: who leaves that out would pass it by. */
export interface RefusalOptions {
  /**
   * Port of the callee's Service.
   * @default - all its ports; with `http`, all that speak HTTP
   */
  readonly port?: number;

  /**
   * Requests that are meant. A path means all that is below it, and every way of writing it that a policy has words for: `/admin/users`, `/admin;x`, `//admin`. MESH259 tells
   * which ways are left.
   * @default - all requests
   */
  readonly http?: HttpAccess[];

  /**
   * Callers who are not refused, by their identity: `denyAnyone` then refuses all others, those without an identity among them. It lets nobody in: they need a grant as well. In `audit`
   * their requests are not marked; `askFirst` takes none (MESH864).
   * @default - nobody
   */
  readonly exempt?: ICaller[];

  /**
   * A refusal that is tried out before it holds: proxies note whom it would refuse, as `shadow denied` in their log of `rbac` and in their metrics, and let in whoever is let in without it.
   * Sidecars and waypoints do so; of callers whom ztunnel alone sees nothing is noted (MESH280). Take it out, and the same words refuse.
   * @default - false
   */
  readonly dryRun?: boolean;
}
