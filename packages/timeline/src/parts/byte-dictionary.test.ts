import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../test/runs.ts'
import { ByteDictionary } from './byte-dictionary.ts'

/** The numbers of texts that stand one after the other in bytes. */
function numbersOf(dictionary: ByteDictionary, texts: readonly string[]): number[] {
  const bytes = Buffer.from(texts.join(''))
  let end = 0
  return texts.map((text) => {
    const begin = end
    end += Buffer.byteLength(text)
    return dictionary.numberOf(bytes, begin, end)
  })
}

test('a text has the number of its first coming, and is given back', () => {
  // Few letters and lengths: beginnings, repeats and the empty text are common.
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '🛒'), maxLength: 6 })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
      const dictionary = new ByteDictionary()
      const distinct = [...new Set(texts)]
      expect(numbersOf(dictionary, texts)).toEqual(texts.map((text) => distinct.indexOf(text)))
      expect(distinct.map((_, number) => dictionary.textOf(number))).toEqual(distinct)
    }),
    runs(0.2),
  )
})

test('20,000 texts, most of them twice', () => {
  const dictionary = new ByteDictionary()
  const texts = Array.from({ length: 40_000 }, (_, index) => `visitor-${(index * 7919) % 20_011}`)
  const distinct = new Map([...new Set(texts)].map((text, number) => [text, number]))
  expect(numbersOf(dictionary, texts)).toEqual(texts.map((text) => distinct.get(text)))
  expect(dictionary.length).toBe(distinct.size)
})

test('a text that goes on is not one that ends', () => {
  const dictionary = new ByteDictionary()
  numbersOf(dictionary, ['"p"', '"plan"'])
  const bytes = Buffer.from('"p":1,"pla"')
  expect(dictionary.isAt(0, bytes, 0)).toBe(true)
  expect(dictionary.isAt(1, bytes, 6)).toBe(false)
  expect(dictionary.lengthOf(1)).toBe(6)
})
