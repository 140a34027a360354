import type { IConstruct } from 'constructs';
import { assemble } from '../assembly/assemble';
import { judge } from '../assembly/judge';
import { type MeshFinding, reportedFindings } from '../assembly/mesh-report';
import type { Cluster } from '../cluster/cluster';
import { lookAgain } from '../graph/settle';
import type { MeshModel } from '../model/mesh-model';
import { clusterOf } from '../rules/cluster-of';
import { CONSTRUCT, listOf, made, TEXT } from '../support/options/kind';
import { refuseAll } from '../support/telling/mesh-errors';
import { requireArguments, requireOptions } from '../support/options/require-options';
import { answerTo, grantFor } from './answers';
import { assumedOf } from './assumed';
import { bareModel } from './bare-model';
import { changesBetween, type MeshChange } from './diff';
import type { MeshDoor } from './doors/door';
import { doorsTo } from './doors/doors';
import { graphOf } from './graph/graph';
import type { MeshGraph } from './graph/mesh-graph';
import { type MeshSource, sourceOf } from './graph/mesh-source';
import { type MeshQuestion, QUESTION } from './question';
import { type MeshReach, type MeshWay, REACH_QUESTION, reachBetween, type ReachQuestion } from './reach';
import type { MeshGrant, Verdict } from './verdict';
import type { MeshLint } from './yaml/mesh-lint';
import { readMesh } from './yaml/mesh-settings';
import { type MeshWays, waysFrom, waysIn, waysTo } from './ways';
import { YAML_FILE, type YamlFile } from './yaml/yaml-file';

/**
 * What a mesh does with requests, before a cluster has it: who may call whom, what decides, and where requests go.
 *
 * It reads manifests alone, those of an App or anybody's, and answers what Istio's own code would make of them. No object is made, nothing is
 * connected to, and constructs are not asked what they meant.
 *
 * @example
 * import { Verdicts } from 'istio-constructs';
 *
 * cart.calls(product);
 * const verdict = Verdicts.of(app).ask({ caller: 'cart', callee: 'product', path: '/products/1' });
 * console.log(verdict.allowed, verdict.text);
 */
export class Verdicts {
  /**
   * What the manifests of an App do.
   * @param scope The App, or any construct in it
   */
  public static of(scope: IConstruct): Verdicts {
    requireArguments('Verdicts', { scope }, { scope: CONSTRUCT });
    lookAgain(scope);
    return new Verdicts(assemble(scope), scope.node.root);
  }

  /**
   * What manifests in a text do, whoever wrote them.
   * @param text Documents of YAML, or of JSON: what `helm template` writes, or `kubectl get -o yaml`
   */
  public static ofYaml(text: string): Verdicts {
    requireArguments('Verdicts', { text }, { text: TEXT });
    return Verdicts.ofFiles({ name: 'manifests.yaml', text });
  }

  /**
   * The same of several texts, whose names tell where an object stands.
   * @param files All manifests of the mesh. A `mesh.json` of a synth among them tells the trust domain, the labels of namespaces that somebody else makes, and the lines of the program
   */
  public static ofFiles(...files: YamlFile[]): Verdicts {
    for (const file of files) requireOptions('Verdicts.ofFiles', file, YAML_FILE);
    const { objects, words, wrongs } = readMesh(files);
    refuseAll(wrongs);
    return new Verdicts(bareModel(objects, words));
  }

  /**
   * What is wrong in several texts. What cannot be read, or not in one way, is left out and stands among the findings (MESH890 to MESH894, MESH717), so that one broken file
   * says nothing about the others.
   * @param files All manifests of the mesh
   */
  public static lint(...files: YamlFile[]): MeshLint {
    for (const file of files) requireOptions('Verdicts.lint', file, YAML_FILE);
    const { objects, words, wrongs } = readMesh(files);
    const { findings, assumptions } = new Verdicts(bareModel(objects, words));
    const unread = wrongs.map(({ code, path, message }) => ({ code, level: 'error', path, text: message }));
    return { findings: [...unread, ...findings], assumptions };
  }

  private readonly model: MeshModel;
  private readonly cluster: Cluster;
  private readonly root?: IConstruct;

  private constructor(model: MeshModel, root?: IConstruct) {
    this.model = model;
    this.cluster = clusterOf(model);
    this.root = root;
  }

  /**
   * What the rules find, worst first: of an App the findings of its `MeshReport`, of YAML those that no program is needed for. Their `path` is then the place of
   * the object, `k8s/cart.yaml:12:1`.
   */
  public get findings(): MeshFinding[] {
    return reportedFindings(judge(this.root, this.model));
  }

  /** What is taken to be so because no manifest says otherwise: Namespaces that are missing say by no label whose pods are in the mesh. */
  public get assumptions(): string[] {
    return assumedOf(this.cluster);
  }

  /**
   * What becomes of a request.
   * @param question Who sends what to whom
   */
  public ask(question: MeshQuestion): Verdict {
    requireOptions('Verdicts.ask', question, QUESTION);
    return answerTo(this.cluster, question);
  }

  /**
   * What becomes of every request from one end to another: few classes of requests that fare alike, each with the object that decides and one example. They are
   * exact: whatever policies and routes on the way tell apart divides them, and nothing else does. Paths are meant as the first proxy puts them in order; a
   * claim is meant to have one value.
   * @param question The two ends
   */
  public reach(question: ReachQuestion): MeshReach {
    requireOptions('Verdicts.reach', question, REACH_QUESTION);
    return reachBetween(this.cluster, question);
  }

  /**
   * Who may reach a callee by some request: workloads, gateways, and any other pod of each namespace, with a proxy and without one, each with the requests that arrive; under hosts of gateways, by ports of nodes, and past the Service
   * where that is more than by it, too.
   * @param callee As in a `MeshQuestion`; without a port, every port of a Service
   * @param besides Callers of whom nothing is to be told, such as those who are meant to call: what is left is nobody's business there
   */
  public waysTo(callee: string, ...besides: string[]): MeshWay[] {
    requireArguments('Verdicts.waysTo', { callee, besides }, { callee: TEXT, besides: listOf(TEXT) });
    return waysTo(this.cluster, callee, besides);
  }

  /**
   * Which Services a caller may reach by some request, each with the requests that arrive.
   * @param caller As in a `MeshQuestion`
   */
  public waysFrom(caller: string): MeshWay[] {
    requireArguments('Verdicts.waysFrom', { caller }, { caller: TEXT });
    return waysFrom(this.cluster, caller);
  }

  /**
   * Who may reach any Service by its own name: for each Service those together who fare alike there. Quick also where there are a thousand.
   */
  public ways(): MeshWays[] {
    return waysIn(this.cluster);
  }

  /**
   * Every way in of somebody whom nobody has named: from outside the cluster through gateways of both kinds and by ports of nodes, from inside it as any pod of a namespace, as a pod without a proxy, by another Service over the
   * same pods, or by their addresses. Each has an example, what decides about it, and what would close it. Of those who may call, what they may do besides past the Service is told too.
   * @param callee As in a `MeshQuestion`; without a port, every port of its pods
   */
  public doorsTo(callee: string): MeshDoor[] {
    requireArguments('Verdicts.doorsTo', { callee }, { callee: TEXT });
    return doorsTo(this.cluster, callee);
  }

  /**
   * What fares otherwise in this mesh than in an older version of it: requests that arrive now and did not, that do no more, that end elsewhere, or whose connections are
   * protected otherwise, the worst first. Every caller and every request to a Service is compared, hosts of gateways, ports of nodes, pods by their address where that says more, and hosts outside. Each version is read with what its own
   * installation says.
   * @param older The version to compare with
   */
  public changesSince(older: Verdicts): MeshChange[] {
    requireArguments('Verdicts.changesSince', { older }, { older: VERDICTS });
    return changesBetween(older.cluster, this.cluster);
  }

  /**
   * Who is there and who may call whom, to be drawn: the same answers as those of `waysTo`, where callers who fare alike are one, and what comes in at gateways by the
   * hosts of their routes.
   */
  public get graph(): MeshGraph {
    return graphOf(this.cluster);
  }

  /** What it was read from, without what is secret. */
  public get source(): MeshSource {
    return sourceOf(this.model.objects, this.cluster);
  }

  /**
   * The least that would let a refused request in: policies for exactly this caller, method, path and port, at each place that refuses it. Nothing where
   * an object that is there would have to change, such as a refusal, where the request is let in already, or where a token would let it in.
   * @param question Who sends what to whom
   */
  public smallestGrant(question: MeshQuestion): MeshGrant | undefined {
    requireOptions('Verdicts.smallestGrant', question, QUESTION);
    return grantFor(this.cluster, question);
  }
}

const VERDICTS = made(Verdicts, 'Verdicts', 'Verdicts.ofYaml(text)');
