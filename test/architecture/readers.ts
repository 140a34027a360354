import * as path from 'path';
import * as ts from 'typescript';
import { nodesOf, ROOT } from './sources';

/** A program of these files as the tests compile them: without a build, and with the sources in the place of the packages. */
export function programOf(files: readonly string[]): ts.Program {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram(
    files.map((file) => path.join(ROOT, file)),
    options,
  );
}

// These look at all that is in a value, whatever its type.
const LOOK_AT_ALL = ['JSON.stringify', 'Object.entries', 'Object.keys', 'Object.values'];
const STEPS = [ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken];

/**
 * Which members of types somebody reads. A member is read where an expression or a pattern names it and does more than write it; where its object
 * is taken as one of another type, of which the same member is read; and where its object goes to whoever looks at everything.
 */
export class Readers {
  private readonly checker: ts.TypeChecker;
  private readonly read = new Set<ts.Node>();
  /** By a member those that are read when it is: an object that has them was taken as one that has it. */
  private readonly readWith = new Map<ts.Node, Set<ts.Node>>();
  private readonly flows = new Set<string>();
  private readonly whole = new Set<ts.Type>();

  /** Of a program the sources that count as readers; `isForUsers` says which members users read. */
  public constructor(
    program: ts.Program,
    private readonly sources: readonly ts.SourceFile[],
    private readonly isForUsers: (member: ts.Node) => boolean,
  ) {
    this.checker = program.getTypeChecker();
    for (const node of sources.flatMap(nodesOf)) {
      this.addRead(node);
      if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) this.addBases(node);
      else if (ts.isExpression(node) && !isName(node)) this.addUse(node);
    }
  }

  /** Whether somebody reads what a declaration of a member declares. */
  public has(member: ts.Node): boolean {
    return this.read.has(member);
  }

  private addRead(node: ts.Node): void {
    if (ts.isPropertyAccessExpression(node) && !isOnlyWritten(node)) this.markAll(this.checker.getSymbolAtLocation(node.name));
    if (ts.isElementAccessExpression(node) && !isOnlyWritten(node)) this.markKeys(node.expression, node.argumentExpression);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) this.markKeys(node.right, node.left);
    if (ts.isObjectBindingPattern(node)) this.markPattern(node);
    if (ts.isCallExpression(node) && LOOK_AT_ALL.includes(node.expression.getText())) {
      this.markWhole(this.checker.getTypeAtLocation(node.arguments[0]));
    }
  }

  /** `object[key]` and `key in object`, for each text that the key may be. */
  private markKeys(object: ts.Expression, key: ts.Expression): void {
    const keys = partsOf(this.checker.getTypeAtLocation(key)).filter((part) => part.isStringLiteral());
    for (const { value } of keys) this.markProperty(object, value);
  }

  private markPattern(pattern: ts.ObjectBindingPattern): void {
    for (const { dotDotDotToken, propertyName, name } of pattern.elements) {
      const key = propertyName ?? name;
      if (!dotDotDotToken && (ts.isIdentifier(key) || ts.isStringLiteral(key))) this.markProperty(pattern, key.text);
    }
  }

  private markProperty(object: ts.Node, name: string): void {
    for (const type of partsOf(this.checker.getTypeAtLocation(object))) this.markAll(this.checker.getApparentType(type).getProperty(name));
  }

  private markAll(symbol: ts.Symbol | undefined): void {
    for (const member of symbol?.declarations ?? []) this.mark(member);
  }

  private mark(member: ts.Node): void {
    if (this.read.has(member)) return;
    this.read.add(member);
    for (const other of this.readWith.get(member) ?? []) this.mark(other);
  }

  private markWhole(type: ts.Type): void {
    for (const part of partsOf(type).filter(isObject)) {
      if (this.whole.has(part)) continue;
      this.whole.add(part);
      const members = this.isOurType(part) ? part.getProperties().filter((member) => this.isOurs(member)) : [];
      members.forEach((member) => this.markAll(member));
      const inside = members.length > 0 ? members.map((member) => this.checker.getTypeOfSymbol(member)) : this.argumentsOf(part);
      inside.forEach((each) => this.markWhole(each));
    }
  }

  /** Whoever has an object as its base reads the object's own members. */
  private addBases(node: ts.ClassDeclaration | ts.InterfaceDeclaration): void {
    const bases = (node.heritageClauses ?? []).flatMap(({ types }) => types).map((base) => this.checker.getTypeAtLocation(base));
    const own = this.checker.getTypeAtLocation(node);
    for (const base of bases.filter((type) => !this.valuesOf(type))) this.flow(own, base);
  }

  /** Where an expression stands, an object of one type may be wanted as one of another. */
  private addUse(node: ts.Expression): void {
    const wanted = this.checker.getContextualType(node);
    // Who is passed an unknown value asks hardly anything of it; what is returned as one is on its way out.
    if (!wanted || (isUnknown(wanted) && !ts.isReturnStatement(node.parent) && !ts.isArrowFunction(node.parent))) return;
    this.flow(this.checker.getTypeAtLocation(node), wanted);
  }

  private flow(given: ts.Type, wanted: ts.Type): void {
    for (const from of partsOf(given)) for (const to of partsOf(wanted)) this.flowPart(from, to);
  }

  private flowPart(from: ts.Type, to: ts.Type): void {
    if (isUnknown(to)) this.markWhole(from);
    if (from === to || !isObject(from) || !isObject(to)) return;
    const pair = `${idOf(from)} ${idOf(to)}`;
    if (this.flows.has(pair)) return;
    this.flows.add(pair);
    if (!this.isOurType(from)) return this.flowEach(this.argumentsOf(from), this.argumentsOf(to));
    this.flowMembers(from, to);
    this.flowCalls(from, to);
  }

  private flowEach(given: readonly ts.Type[], wanted: readonly ts.Type[]): void {
    given.slice(0, wanted.length).forEach((from, index) => this.flow(from, wanted[index]));
  }

  private flowMembers(from: ts.Type, to: ts.Type): void {
    const values = this.valuesOf(to);
    for (const member of from.getProperties()) {
      const wanted = to.getProperty(member.name);
      if (wanted) this.markWith(member, wanted);
      else if (values) this.markAll(member);
      const type = wanted ? this.checker.getTypeOfSymbol(wanted) : values;
      if (type) this.flow(this.checker.getTypeOfSymbol(member), type);
    }
  }

  private markWith(member: ts.Symbol, wanted: ts.Symbol): void {
    for (const other of wanted.declarations ?? []) {
      const isOutside = !this.sources.includes(other.getSourceFile());
      if (isOutside || this.isForUsers(other) || this.read.has(other)) this.markAll(member);
      this.readWith.set(other, new Set([...(this.readWith.get(other) ?? []), ...(member.declarations ?? [])]));
    }
  }

  /** What a function is called with flows into its parameters, what it returns out of it. */
  private flowCalls(from: ts.Type, to: ts.Type): void {
    const [[given], [wanted]] = [from.getCallSignatures(), to.getCallSignatures()];
    if (!given || !wanted) return;
    const [parameters, passed] = [given, wanted].map((one) => one.parameters.map((each) => this.checker.getTypeOfSymbol(each)));
    this.flow(given.getReturnType(), wanted.getReturnType());
    this.flowEach(passed.slice(0, parameters.length), parameters);
  }

  /** Types of what is in a list, a map or whatever else takes types. */
  private argumentsOf(type: ts.Type): readonly ts.Type[] {
    return flagsOf(type) & ts.ObjectFlags.Reference ? this.checker.getTypeArguments(type as ts.TypeReference) : [];
  }

  /** Type of the values of an object that takes any key. */
  private valuesOf(type: ts.Type): ts.Type | undefined {
    return this.checker.getIndexInfoOfType(type, ts.IndexKind.String)?.type;
  }

  // `Partial` and the like are declared elsewhere, but what they have is not.
  private isOurType(type: ts.Type): boolean {
    return (flagsOf(type) & ts.ObjectFlags.Mapped) !== 0 || this.isOurs(type.symbol);
  }

  // What is made from types, such as what a pattern leaves of one, has no place of its own.
  private isOurs(symbol: ts.Symbol | undefined): boolean {
    const { declarations = [] } = symbol ?? {};
    return declarations.length === 0 || declarations.some((declaration) => this.sources.includes(declaration.getSourceFile()));
  }
}

/** The target of an assignment, or of `++` and the like whose result nobody takes. */
function isOnlyWritten(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPostfixUnaryExpression(parent) || ts.isPrefixUnaryExpression(parent)) {
    return STEPS.includes(parent.operator) && ts.isExpressionStatement(parent.parent);
  }
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const { kind } = parent.operatorToken;
  const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  return kind === ts.SyntaxKind.EqualsToken || (isAssignment && ts.isExpressionStatement(parent.parent));
}

/** The name of something, not its value; `{ name }` is both. */
function isName(node: ts.Expression): boolean {
  return (node.parent as ts.NamedDeclaration).name === node && !ts.isShorthandPropertyAssignment(node.parent);
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function isObject(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
}

function isUnknown(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Unknown) !== 0;
}

function flagsOf(type: ts.Type): ts.ObjectFlags {
  return type.flags & ts.TypeFlags.Object ? (type as ts.ObjectType).objectFlags : ts.ObjectFlags.None;
}

function idOf(type: ts.Type): number {
  return (type as ts.Type & { readonly id: number }).id;
}
