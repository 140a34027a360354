import type { Labels } from './manifest';

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelRequirement[];
}

export interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface TargetRef {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
}

export interface Attachment {
  readonly selector?: { readonly matchLabels?: Labels };
  readonly targetRefs?: readonly TargetRef[];
}

export interface AuthorizationPolicySpec extends Attachment {
  readonly action?: string;
  readonly rules?: readonly AuthorizationRule[];
}

export interface AuthorizationRule {
  readonly from?: readonly { readonly source?: Fields }[];
  readonly to?: readonly { readonly operation?: Fields }[];
  readonly when?: readonly Condition[];
}

/** Lists of values by field name; `notX` beside `X`. */
export type Fields = Readonly<Record<string, readonly string[] | undefined>>;

export interface Condition {
  readonly key: string;
  readonly values?: readonly string[];
  readonly notValues?: readonly string[];
}

export interface PeerAuthenticationSpec {
  readonly selector?: { readonly matchLabels?: Labels };
  readonly mtls?: { readonly mode?: string };
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode?: string }>>;
}

export interface RequestAuthenticationSpec extends Attachment {
  readonly jwtRules?: readonly { readonly issuer: string; readonly audiences?: readonly string[] }[];
}

export interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { readonly from?: readonly NetworkPeer[]; readonly ports?: readonly NetworkPort[] }[];
  readonly egress?: readonly { readonly to?: readonly NetworkPeer[]; readonly ports?: readonly NetworkPort[] }[];
}

export interface NetworkPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface NetworkPort {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

export interface SidecarSpec {
  readonly workloadSelector?: { readonly labels?: Labels };
  readonly egress?: readonly { readonly hosts: readonly string[]; readonly port?: { readonly number?: number } }[];
  readonly outboundTrafficPolicy?: { readonly mode?: string };
}
