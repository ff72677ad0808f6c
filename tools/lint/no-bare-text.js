/*
 * The JSX runtime gives every text an element of its own, so that a browser's translation breaks no page (src/ui/jsx/runtime.ts). It can't
 * see a text that a component returns, or one given to React's createElement. This rule forbids both.
 */

const JSX = new Set(['JSXElement', 'JSXFragment'])
const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionDeclaration', 'FunctionExpression'])
/** Calls that return elements: lists of them, and React's own. */
const ELEMENT_CALLS = new Set(['map', 'cloneElement', 'createPortal'])

const unwrapped = (node) =>
  node?.type === 'ParenthesizedExpression' || node?.type.startsWith('TS') ? unwrapped(node.expression) : node

/** The parts of a component's result that may be a text. */
function possibleTexts(result) {
  const node = unwrapped(result)
  if (node == null || JSX.has(node.type) || (node.type === 'Literal' && node.value === null)) return []
  if (node.type === 'ConditionalExpression')
    return [...possibleTexts(node.consequent), ...possibleTexts(node.alternate)]
  if (node.type === 'LogicalExpression' && node.operator === '&&') return possibleTexts(node.right)
  if (node.type === 'LogicalExpression') return [...possibleTexts(node.left), ...possibleTexts(node.right)]
  if (node.type === 'CallExpression') {
    const { callee } = node
    return ELEMENT_CALLS.has(callee.name ?? callee.property?.name) ? [] : [node]
  }
  return [node]
}

/** A component's name begins with a capital letter. */
function isComponent(fn) {
  const name = fn.id ?? (fn.parent.type === 'VariableDeclarator' ? fn.parent.id : null)
  return name?.type === 'Identifier' && /^[A-Z]/.test(name.name)
}

const functionAround = (node) => (FUNCTIONS.has(node.type) ? node : functionAround(node.parent))

const noBareText = {
  create(context) {
    const check = (result) => {
      for (const node of possibleTexts(result))
        context.report({
          node,
          message:
            'A component returns elements: a browser’s translation would break a text. Put it in <>…</>.',
        })
    }
    return {
      ReturnStatement(node) {
        if (isComponent(functionAround(node.parent))) check(node.argument)
      },
      ArrowFunctionExpression(node) {
        if (node.body.type !== 'BlockStatement' && isComponent(node)) check(node.body)
      },
      ImportSpecifier(node) {
        if (node.parent.source.value === 'react' && node.imported.name === 'createElement')
          context.report({
            node,
            message: 'Write JSX: a browser’s translation would break a text of createElement.',
          })
      },
    }
  },
}

export default { meta: { name: 'translation' }, rules: { 'no-bare-text': noBareText } }
