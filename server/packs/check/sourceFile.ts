/** A JSON file with its places: what is wrong with it can be said with the line. */
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'

export interface Finding {
  /** Path from the procedures folder. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly why: string
}

export interface SourceFile {
  readonly file: string
  readonly value: unknown
  /** Syntax that is not JSON, with its line. */
  readonly broken: Finding | null
  /** The line of a member by its path, or of the nearest one above it that is there. */
  lineOf(path: readonly (string | number)[]): number
  /** The line of the first text of this value, such as an id, or null. */
  lineOfText(text: string): number | null
}

const strict = { disallowComments: true, allowTrailingComma: false }

/** Reads one file's text. `file` is only repeated in what is said. */
export function sourceFile(file: string, text: string): SourceFile {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, strict)
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  const [error] = errors
  return {
    file,
    value: root === undefined ? null : getNodeValue(root),
    broken: error === undefined ? null : { file, line: lineAt(error.offset), why: `no JSON: ${printParseErrorCode(error.error)}` },
    lineOf(path) {
      for (let length = path.length; length > 0 && root !== undefined; length -= 1) {
        const node = findNodeAtLocation(root, path.slice(0, length))
        if (node !== undefined) return lineAt((node.parent?.type === 'property' ? node.parent : node).offset)
      }
      return 1
    },
    lineOfText(wanted) {
      const node = root === undefined ? undefined : firstText(root, wanted)
      return node === undefined ? null : lineAt(node.offset)
    },
  }
}

/** Values only: a key of the same name is not where the thing is. */
function firstText(node: Node, wanted: string): Node | undefined {
  if (node.type === 'string') return node.value === wanted ? node : undefined
  const inside = node.type === 'property' ? node.children?.slice(1) : node.children
  for (const child of inside ?? []) {
    const found = firstText(child, wanted)
    if (found !== undefined) return found
  }
  return undefined
}
