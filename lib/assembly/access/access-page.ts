import { specOf, titleOf } from '../../cluster/objects/manifest-object';
import type { Finding } from '../../model/finding';
import type { ManifestObject, MeshModel, NamespaceModel } from '../../model/mesh-model';
import type { WaypointFacts } from '../../model/namespace-facts';
import { groupedBy } from '../../support/grouping';
import { sortedBy } from '../../support/ordering';
import type { MeshCall, MeshOpening } from './reported-access';
import { checksAtGateways } from './checks-at-gateways';
import { declaredText } from './declared-text';
import { openings } from './openings';
import { reportedCalls } from './reported-calls';
import { code, section, table, type Row } from './markdown';

// Whatever of these stands beside the constructs may open or close what they do not know of.
const ABOUT_ACCESS = 'AuthorizationPolicy PeerAuthentication RequestAuthentication NetworkPolicy Sidecar EnvoyFilter ServiceEntry'.split(
  ' ',
);

/**
 * Who may call whom, as a page for reviewers. It names no line of the program and nothing that the order of its statements changes, so that the page differs
 * where access does.
 */
export function accessPage(model: MeshModel, findings: readonly Finding[]): string {
  const calls = groupedBy(reportedCalls(model), ({ callee }) => callee);
  const callees = sortedBy(calls.keys(), (callee) => callee);
  return [
    `# Access: ${chartsOf(model).join(', ')}\n`,
    `Written by synth, for reviews: it changes where access does. \`mesh.json\` has the same with the lines of the program.\n`,
    section(
      'Namespaces',
      table(['namespace', 'data plane', 'waypoint', 'calls that nobody grants'], model.namespaces.map(namespaceRow(model))),
    ),
    ...callees.map((callee) => section(`Calls to ${callee}`, callTable(calls.get(callee)!))),
    section('Checked at gateways', checksAtGateways(model)),
    section('Openings', table(['where', 'what is open', 'reason', 'declared in'], openings(model).map(openingRow))),
    section('Accepted findings', table(['code', 'where', 'what', 'reason'], findings.flatMap(acceptedRow))),
    section(
      'Objects beside the constructs',
      table(['object', 'what it says', 'in'], sortedBy(model.objects.filter(isBeside), titleOf).map(besideRow)),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function chartsOf({ objects, namespaces }: MeshModel): string[] {
  const paths = [...objects, ...namespaces].map(({ path }) => path.split('/')[0]);
  return sortedBy(new Set(paths), (path) => path);
}

function namespaceRow({ services }: MeshModel): (namespace: NamespaceModel) => Row {
  return (namespace) => {
    const { name, mode, enrolled, waypoint } = namespace;
    const apart = services.filter((one) => one.namespaceName === name && one.ownWaypoint && one.waypoint);
    const through = [
      ...(waypoint ? [waypointText(waypoint)] : []),
      ...sortedBy(apart, (one) => one.name).map((one) => `${waypointText(one.waypoint!)}, for ${one.name} alone`),
    ];
    return [name, enrolled ? mode : 'none', through.length > 0 ? through : '', enrolled ? fateOfOthers(namespace) : 'let in'];
  };
}

function waypointText({ namespaceName, name, canary }: WaypointFacts): string {
  const text = `${namespaceName}/${name}`;
  if (!canary) return text;
  return `${text}, ${canary.weight === undefined ? 'a share' : `${canary.weight} %`} of the connections ${waypointText(canary)}`;
}

function fateOfOthers({ zeroTrust, stage, closedByMesh }: NamespaceModel): string {
  if (zeroTrust || (closedByMesh && stage === undefined)) return 'refused';
  if (stage === undefined) return 'let in where no grant closes the service';
  return stage === 'observe' ? 'let in: grants are only tried out' : 'let in beside the grants';
}

function callTable(calls: readonly MeshCall[]): string {
  const refused = calls.filter(({ action }) => action === 'DENY');
  const asked = calls.filter(({ action }) => action === 'CUSTOM');
  const marked = calls.filter(({ action }) => action === 'AUDIT');
  const tried = calls.filter(({ action }) => action === 'DRY_RUN');
  const allowed = calls.filter(({ action }) => action === 'ALLOW');
  const columns = ['port', 'requests', 'enforced by', 'objects', 'declared in'];
  return [
    table(['who may call', ...columns], allowed.map(callRow)),
    table(['who is asked about', ...columns], asked.map(callRow)),
    table(['who is marked for the log', ...columns], marked.map(callRow)),
    table(['who may not, whatever else allows it', ...columns], refused.map(callRow)),
    table(['who would be refused, and is not: a dry run', ...columns], tried.map(callRow)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function callRow(call: MeshCall): Row {
  const { caller, ports, requests, user, conditions = [], enforcedBy, objects } = call;
  const meant = requests.length > 0 ? requests.map(code) : ['all'];
  return [
    [`${caller}${call.until === undefined ? '' : `, until ${call.until}`}`, ...(call.reason === undefined ? [] : [call.reason])],
    ports,
    [...meant, ...(user === undefined ? [] : [`with a token of ${user}`]), ...conditions],
    enforcedBy.length > 0 ? enforcedBy : ['nobody in the mesh'],
    objects,
    declaredText(call),
  ];
}

function openingRow(opening: MeshOpening): Row {
  return [opening.where, opening.what, opening.reason ?? '', declaredText(opening)];
}

function acceptedRow({ code: rule, path, message, acknowledged }: Finding): Row[] {
  return acknowledged === undefined ? [] : [[rule, path, message, acknowledged]];
}

function isBeside({ kind, made, patched }: ManifestObject): boolean {
  return (!made || patched === true) && ABOUT_ACCESS.includes(kind);
}

function besideRow(object: ManifestObject): Row {
  const said = code(JSON.stringify(specOf(object)));
  return [titleOf(object), object.patched ? ['patched', said] : said, object.path];
}
