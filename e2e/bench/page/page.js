// The benchmark's yardstick: a group's list, written by hand. It fetches the same JSON as the dashboard (the list, then the overview
// for the addresses), renders the rows on screen, searches, and refreshes every interval. It validates nothing and has no actions.

const ROW_PX = 38
const OVERSCAN = 8
const KEY = 'bigv.session'

const path = location.pathname
const form = document.querySelector('form')
const main = document.querySelector('main')
const search = document.querySelector('input[type=search]')
const body = document.querySelector('[role=rowgroup]')
const footer = document.querySelector('footer')
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const interval = JSON.parse(localStorage.getItem('bigv.interval') ?? '10000')

let credentials = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
let text = ''
let machines = []
let addresses = new Map()
let found = []
let timer = 0
/** The rows on the page by machine ID: their element and contents. */
const rendered = new Map()

if (credentials === null) askForCredentials()
else void start()

function askForCredentials() {
  form.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    credentials = Object.fromEntries(new FormData(form))
    form.hidden = true
    void start()
  })
}

async function start() {
  main.hidden = false
  document.querySelector('h1').textContent = path.split('/').at(-2)
  search.addEventListener('input', () => {
    filter()
    render()
  })
  addEventListener('scroll', render, { passive: true })
  addEventListener('resize', render)
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer)
    if (!document.hidden) void refresh()
  })
  await refresh()
  await fetchAddresses()
}

async function refresh() {
  const fresh = await get(path)
  if (fresh !== text) {
    text = fresh
    machines = JSON.parse(text).sort((a, b) => collator.compare(a.name, b.name))
    filter()
    render()
  }
  if (!document.hidden) timer = setTimeout(refresh, interval)
}

async function fetchAddresses() {
  const overview = JSON.parse(
    await get(`${path.split('/').slice(0, -1).join('/')}?view=overview&include_deleted=true`),
  )
  addresses = new Map(
    overview.virtual_machines.map((vm) => [
      vm.id,
      vm.network_interfaces.flatMap((nic) => nic.ips).find((ip) => ip.includes('.')) ?? '',
    ]),
  )
  filter()
  render()
}

async function get(where) {
  const { username, password } = credentials
  const response = await fetch(`/api${where}`, {
    headers: { Authorization: `Basic ${btoa(`${username}:${password}`)}` },
    cache: 'no-store',
  })
  if (!response.ok) throw new Error(`${where}: ${response.status}`)
  return response.text()
}

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
  found =
    words.length === 0
      ? machines
      : machines.filter((vm) => {
          const texts = [vm.name, vm.hostname, String(vm.id), addresses.get(vm.id) ?? '']
          return words.every((word) => texts.some((text) => text.toLowerCase().includes(word)))
        })
}

function render() {
  const top = body.getBoundingClientRect().top
  const first = Math.max(0, Math.floor(-top / ROW_PX) - OVERSCAN)
  const last = Math.min(found.length, Math.ceil((innerHeight - top) / ROW_PX) + OVERSCAN)
  body.style.height = `${found.length * ROW_PX}px`
  const gone = new Map(rendered)
  for (let index = first; index < last; index++) {
    const vm = found[index]
    gone.delete(vm.id)
    place(vm, index)
  }
  for (const [id, { row }] of gone) {
    row.remove()
    rendered.delete(id)
  }
  const running = machines.filter((vm) => vm.power_on && !vm.deleted).length
  footer.textContent = `${machines.length} machines, ${running} running, ${found.length} shown`
}

function place(vm, index) {
  const address = addresses.get(vm.id) ?? ''
  let known = rendered.get(vm.id)
  if (known === undefined) {
    const row = document.createElement('div')
    row.className = 'row'
    row.role = 'row'
    body.append(row)
    known = { row, vm: undefined, address, index: -1 }
    rendered.set(vm.id, known)
  }
  if (known.index !== index) {
    known.row.style.transform = `translateY(${index * ROW_PX}px)`
    known.row.ariaRowIndex = String(index + 2)
  }
  if (known.vm !== vm || known.address !== address) known.row.replaceChildren(...cells(vm, address))
  known.vm = vm
  known.address = address
  known.index = index
}

function cells(vm, address) {
  const link = document.createElement('a')
  link.href = `${path}/${encodeURIComponent(vm.name)}`
  link.textContent = vm.name
  const state = vm.deleted ? 'Deleted' : vm.power_on ? 'Running' : vm.autoreboot_on ? 'Restarting' : 'Stopped'
  return [link, state, address, vm.cores, `${vm.memory / 1024} GiB`, vm.hardware_profile, vm.head].map(
    (content) => {
      const cell = document.createElement('span')
      cell.role = 'cell'
      cell.append(content ?? '–')
      return cell
    },
  )
}
