import { listOf, optional, struct, TEXT } from '../../../support/options/kind';
import { FAULT_ABORT, FAULT_DELAY, type FaultAbort, type FaultDelay } from '../../../values/traffic/fault';
import { REQUEST_MATCH, type RequestMatch } from '../../../values/traffic/request-match';
import type { MeshedService } from '../../service/meshed-service';
import { OWN_SERVICE } from '../../service/own-service';

/** What goes wrong, and for which requests. Say `delay`, `abort` or both: each is drawn by itself, and a request may be held up and then aborted. */
export interface FaultInjectionProps {
  /** The service whose callers see the fault. */
  readonly service: MeshedService;

  /**
   * Requests that the fault is about; one match is enough.
   * @default - all requests to the service
   */
  readonly match?: RequestMatch[];

  /**
   * Requests that are held up before they reach the service.
   * @default - none
   */
  readonly delay?: FaultDelay;

  /**
   * Requests that are answered with an error in place of the service.
   * @default - none
   */
  readonly abort?: FaultAbort;

  /**
   * Why the fault may hold where `Mesh` says `Environment.PRODUCTION`; it stands in the report. Without it a fault stops synth there.
   * @default - it may not
   */
  readonly inProduction?: string;
}

export const FAULT_INJECTION_PROPS = struct<FaultInjectionProps>({
  service: OWN_SERVICE,
  match: optional(listOf(REQUEST_MATCH)),
  delay: optional(FAULT_DELAY),
  abort: optional(FAULT_ABORT),
  inProduction: optional(TEXT),
});
