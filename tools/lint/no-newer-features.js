/*
 * Forbids functions and objects that the oldest browsers of package.json#browserslist don't have, by MDN's data. TypeScript's `lib` and the
 * build's target do that for the language itself. The types of values are unknown here, so a method of any value is an error only if
 * its name is two words or more ("startViewTransition") and all methods of that name are too new.
 */
import data from '@mdn/browser-compat-data' with { type: 'json' }
import manifest from '../../package.json' with { type: 'json' }

const OLDEST = manifest.browserslist.map((browser) => browser.split(' >= '))
const { Window, ...interfaces } = data.api
const INTERFACES = new Map(Object.entries({ ...interfaces, ...data.javascript.builtins }))
const INSTANCES = {
  crypto: 'Crypto',
  document: 'Document',
  history: 'History',
  location: 'Location',
  navigator: 'Navigator',
  performance: 'Performance',
}
const GLOBAL_OBJECTS = new Set(['globalThis', 'self', 'window'])

/** True if this version of a browser has the feature, even partially, or if MDN doesn't know. Flags and prefixes don't count. */
function has(feature, browser, version) {
  const support = [feature.__compat.support[browser] ?? []].flat()
  return (
    support.length === 0 ||
    support.some(
      ({ version_added: added, version_removed: removed, flags, prefix, alternative_name: otherName }) =>
        added === null ||
        (!flags && !prefix && !otherName && number(added) <= version && !(number(removed) <= version)),
    )
  )
}

/** MDN writes "≤37" for a version of which it isn't sure. NaN for none. */
const number = (version) => Number.parseFloat(String(version).replace('≤', ''))

/** One of the oldest browsers that lacks the feature; undefined if all have it. */
function lackedBy(feature) {
  if (!feature?.__compat) return undefined
  const found = OLDEST.find(([browser, version]) => !has(feature, browser, Number(version)))
  return found?.join(' ')
}

/** Each method name of two words or more, with a browser that lacks it. Undefined if some interface has had the method for long enough. */
const METHODS = new Map()
for (const [name, members] of INTERFACES)
  for (const [member, feature] of Object.entries(members)) {
    const method = member.replace(/_static$/, '')
    if (method === name || !/^[a-z]+[A-Z][A-Za-z]*$/.test(method)) continue
    const lacking = lackedBy(feature)
    METHODS.set(method, METHODS.has(method) ? METHODS.get(method) && lacking : lacking)
  }

function isGlobal(node, context) {
  for (let scope = context.sourceCode.getScope(node); scope; scope = scope.upper)
    if (scope.set.get(node.name)?.defs.length > 0) return false
  return true
}

/** The members of a global object such as `navigator` or `URL`, as a function of their name; undefined for any other value. */
function membersOf(object, context) {
  if (object.type !== 'Identifier' || !isGlobal(object, context)) return undefined
  const { name } = object
  if (GLOBAL_OBJECTS.has(name)) return (member) => INTERFACES.get(member) ?? Window[member]
  const members = INTERFACES.get(INSTANCES[name] ?? name)
  return (
    members && ((member) => (INSTANCES[name] ? undefined : members[`${member}_static`]) ?? members[member])
  )
}

const noNewerFeatures = {
  create(context) {
    const check = (node, what, lacking) => {
      if (lacking)
        context.report({ node, message: `${what} is missing in ${lacking} (package.json#browserslist).` })
    }
    const checkGlobal = (node) => {
      if (node.type === 'Identifier' && isGlobal(node, context))
        check(node, node.name, lackedBy(INTERFACES.get(node.name) ?? Window[node.name]))
    }
    return {
      NewExpression: ({ callee }) => checkGlobal(callee),
      CallExpression: ({ callee }) => {
        checkGlobal(callee)
        if (callee.type !== 'MemberExpression' || callee.computed || membersOf(callee.object, context)) return
        check(callee.property, `${callee.property.name}()`, METHODS.get(callee.property.name))
      },
      MemberExpression({ object, property, computed }) {
        checkGlobal(object)
        const members = computed ? undefined : membersOf(object, context)
        if (members) check(property, `${object.name}.${property.name}`, lackedBy(members(property.name)))
      },
    }
  },
}

export default { meta: { name: 'browsers' }, rules: { 'no-newer-features': noNewerFeatures } }
