import type { Cluster } from '../../../cluster/cluster';
import type { AuthorizationPolicy, AuthorizationRule, Clause } from '../../../cluster/policies/authorization-policies';
import { groupedBy } from '../../../support/grouping';
import type { Access } from '../../decision/access';
import { type Attribute, conditionOf, SOURCE_FIELDS } from '../../decision/attributes';
import { underAliases } from '../../decision/trust-domains';
import type { Speaker } from '../../requests/callers';
import type { Question } from './question';

/**
 * What a policy asks of whoever connects. Rules that let the same requests in are one question, so that a hundred callers that are named one by one are told
 * apart no further than by what they may send.
 */
export function askedOfIdentity(cluster: Cluster, { rules, namespaceName }: AuthorizationPolicy): Question[] {
  const asEnvoyDoes = rules.flatMap((rule) => partsOf(underAliases(cluster, rule), () => true));
  const asZtunnelDoes = rules.flatMap((rule) => partsOf(rule, ({ inZtunnel }) => inZtunnel === 'read'));
  return [asEnvoyDoes, asZtunnelDoes].flatMap((parts) =>
    [...groupedBy(parts, ({ rest }) => rest).values()].flatMap((alike) => questionsOf(alike, namespaceName)),
  );
}

/** In plaintext nobody proves who it is, and addresses alone tell callers apart. */
function questionsOf(parts: readonly Part[], namespaceName: string): Question[] {
  const asksAddress = parts.some(({ lines }) => lines.some(({ field }) => OF_ADDRESSES.test(field)));
  return [anyOf(parts, namespaceName, true), ...(asksAddress ? [anyOf(parts, namespaceName, false)] : [])];
}

const OF_ADDRESSES = /ipBlocks$|\.ip$/i;

/** Lines of a rule that ask about callers, and all else that the rule asks. */
interface Part {
  readonly lines: readonly Line[];
  readonly rest: string;
}

/** Any of these values, and none of those. */
interface Line {
  readonly field: string;
  readonly attribute: Attribute;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
}

// Other conditions ask about requests, about who is called, or in words that nobody here knows.
const OF_CALLERS = /^(source\.(ip|namespace|principal|serviceAccount|trustDomain)|remote\.ip)$/;

function partsOf({ from, to, when }: AuthorizationRule, isRead: (attribute: Attribute) => boolean): Part[] {
  const conditions = when.map(({ key, values, notValues }): Line => ({ field: key, attribute: conditionOf(key), values, notValues }));
  const isAbout = ({ field, attribute }: Line): boolean =>
    isRead(attribute) && (field in SOURCE_FIELDS ? !attribute.isHttp : OF_CALLERS.test(field));
  return (from.length > 0 ? from : [{}]).map((clause) => {
    const lines = [...linesOf(clause), ...conditions];
    return { lines: lines.filter(isAbout), rest: JSON.stringify([lines.filter((line) => !isAbout(line)).map(toldOf), to]) };
  });
}

function linesOf(clause: Clause): Line[] {
  return Object.entries(SOURCE_FIELDS).flatMap(([field, attribute]) => {
    const [values, notValues] = [clause[field] ?? [], clause[`not${field[0].toUpperCase()}${field.slice(1)}`] ?? []];
    return values.length + notValues.length > 0 ? [{ field, attribute, values, notValues }] : [];
  });
}

function toldOf({ field, values, notValues }: Line): unknown {
  return [field, values, notValues];
}

/** An account without a namespace is one of the policy's own. */
function anyOf(parts: readonly Part[], namespaceName: string, isProven: boolean): Question {
  return {
    id: JSON.stringify([namespaceName, isProven, parts.map(({ lines }) => lines.map(toldOf))]),
    holds: (caller) => parts.some(({ lines }) => lines.every((line) => meets(line, connectionOf(caller, isProven), namespaceName))),
  };
}

function meets({ attribute, values, notValues }: Line, connection: Access, namespaceName: string): boolean {
  const isAnyOf = (wanted: readonly string[]): boolean => wanted.some((one) => attribute.matches(one, connection, namespaceName) === true);
  return (values.length === 0 || isAnyOf(values)) && !isAnyOf(notValues);
}

/** Of a connection the part that is the caller's. */
function connectionOf({ principal, address }: Speaker, isProven: boolean): Access {
  return { principal: isProven ? principal : undefined, sourceAddress: address, clientAddress: address, destinationAddress: '', port: 0 };
}
