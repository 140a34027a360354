import { firstGrant } from './access/first-grant';
import { httpOnTcpPort } from './access/http-on-tcp-port';
import { httpPolicyAtZtunnel } from './access/http-policy-at-ztunnel';
import { meshedAsUnmeshed } from './outside/meshed-as-unmeshed';
import { otherService } from './access/other-service';
import { openEgress } from './outside/open-egress';
import { openToAnyone } from './access/open-to-anyone';
import { otherSide } from './access/other-side';
import { ownServiceByIdentity } from './identity/own-service-by-identity';
import { refusalPassedBy } from './access/refusal-passed-by';
import { sharedAccount } from './identity/shared-account';
import { sharedTargetPort } from './access/shared-target-port';
import { unenforcedHttp } from './access/unenforced-http';
import { unknownCaller } from './identity/unknown-caller';
import { unknownPort } from './access/unknown-port';
import { unmeshedCallee } from './outside/unmeshed-callee';
import { lostAtGateway } from './edge/lost-at-gateway';
import { sameExposure } from './edge/same-exposure';
import { bothPlanes } from './enrolment/both-planes';
import { disabledMtls } from './enrolment/disabled-mtls';
import { disabledMtlsInAmbient } from './enrolment/disabled-mtls-in-ambient';
import { forbiddenWaypoint } from './enrolment/forbidden-waypoint';
import { nameLimits } from './names/name-limits';
import { notEnrolled } from './enrolment/not-enrolled';
import { permissiveMtls } from './enrolment/permissive-mtls';
import { podsLeavePlane } from './enrolment/pods-leave-plane';
import { probeShutOut } from './enrolment/probe-shut-out';
import { reservedByProxy } from './enrolment/reserved-by-proxy';
import { sameIdentity } from './names/same-identity';
import { tlsAgainstStrict } from './enrolment/tls-against-strict';
import { unknownProtocol } from './enrolment/unknown-protocol';
import { unnamedWaypoint } from './enrolment/unnamed-waypoint';
import { alphaRoute } from './traffic/alpha-route';
import { callersWithoutRoute } from './traffic/callers-without-route';
import { missingPods } from './traffic/missing-pods';
import { reducedRetries } from './traffic/reduced-retries';
import { retryBudget } from './traffic/retry-budget';
import { twoEntries } from './traffic/two-entries';
import { twoOwners } from './traffic/two-owners';
import { twoRouteKinds } from './traffic/two-route-kinds';
import { unknownHost } from './traffic/unknown-host';
import { unsafeRetries } from './traffic/unsafe-retries';
import { waitingCheck } from './traffic/waiting-check';
import { weightTotal } from './traffic/weight-total';
import { wrongRouter } from './traffic/wrong-router';
import type { Rule } from './rule';

/** Every rule, in the order of its code. */
export const RULES: readonly Rule[] = [
  bothPlanes,
  forbiddenWaypoint,
  unnamedWaypoint,
  tlsAgainstStrict,
  unknownProtocol,
  reservedByProxy,
  nameLimits,
  permissiveMtls,
  disabledMtlsInAmbient,
  disabledMtls,
  sameIdentity,
  notEnrolled,
  podsLeavePlane,
  probeShutOut,
  unenforcedHttp,
  httpOnTcpPort,
  unknownPort,
  unknownCaller,
  sharedAccount,
  firstGrant,
  otherSide,
  openToAnyone,
  openEgress,
  unmeshedCallee,
  httpPolicyAtZtunnel,
  refusalPassedBy,
  otherService,
  ownServiceByIdentity,
  meshedAsUnmeshed,
  sharedTargetPort,
  missingPods,
  weightTotal,
  twoOwners,
  twoRouteKinds,
  retryBudget,
  reducedRetries,
  unsafeRetries,
  unknownHost,
  wrongRouter,
  alphaRoute,
  twoEntries,
  callersWithoutRoute,
  waitingCheck,
  lostAtGateway,
  sameExposure,
];
