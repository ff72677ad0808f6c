import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvText } from './download.ts'
import { anyText } from './testing/any-text.ts'

describe('CSV', () => {
  test('starts with the column names, and ends lines with CRLF', () => {
    expect(
      csvText(
        ['name', 'cores', 'on'],
        [
          ['web', 2, true],
          ['db', -1, null],
        ],
      ),
    ).toBe('name,cores,on\r\nweb,2,true\r\ndb,-1,\r\n')
  })

  test('quotes cells where needed', () => {
    expect(csvText(['a'], [['x,y'], ['say "hi"'], ['two\nlines']])).toBe(
      'a\r\n"x,y"\r\n"say ""hi"""\r\n"two\nlines"\r\n',
    )
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', ' =1', '＝1'])(
    'never turns %j into a formula',
    (text) => {
      expect(parsed(csvText(['a'], [[text]]))[1]).toEqual([`'${text}`])
    },
  )

  test('keeps any text, apart from a leading apostrophe, and no cell starts a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyText(), { minLength: 2, maxLength: 2 })), (rows) => {
        const back = parsed(csvText(['a', 'b'], rows)).slice(1)
        expect(back.map((row) => row.length)).toEqual(rows.map(() => 2))
        back.flat().forEach((cell, at) => {
          const text = rows.flat()[at] ?? ''
          expect([text, `'${text}`]).toContain(cell)
          expect(cell).not.toMatch(/^\s*[=+\-@]/)
        })
      }),
    )
  })
})

/** A parser for RFC 4180. */
function parsed(text: string): string[][] {
  const rows: string[][] = [['']]
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const row = rows.at(-1) ?? []
    const char = text[at] ?? ''
    if (quoted && char === '"' && text[at + 1] === '"') at += 1
    else if (char === '"') {
      quoted = !quoted
      continue
    } else if (!quoted && char === ',') {
      row.push('')
      continue
    } else if (!quoted && char === '\r' && text[at + 1] === '\n') {
      at += 1
      rows.push([''])
      continue
    }
    row[row.length - 1] += char
  }
  return rows.slice(0, -1)
}
