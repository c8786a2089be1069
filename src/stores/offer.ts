/**
 * Everything that the ward offers, as one list: the packs on this tablet, and the catalogue's procedures that have none.
 * What a pack says counts before what the catalogue says; the catalogue adds its everyday words and the order, which is
 * how often people ask.
 */
import type { CatalogueEntry, Catalogue } from '../../core/procedure/catalogue.ts'
import type { Locale } from '../i18n/formats.ts'
import type { Procedure } from './procedures.ts'

type Both = Readonly<Record<Locale, string>>

/** One procedure of the ward, as a list shows it and a search finds it. */
export interface Offer {
  readonly code: string
  /** The pack's version; null when there is no form, only what to bring and where to go. */
  readonly version: string | null
  /** Key of its sector. */
  readonly sector: string
  readonly sectorName: Both
  readonly name: Both
  readonly summary: Both
  /** What people say when they mean it, in both languages, short names too. */
  readonly everyday: readonly string[]
}

/** Sectors in the catalogue's order, each with what it offers. */
export interface SectorOffers {
  readonly sector: string
  readonly name: Both
  readonly offers: readonly Offer[]
}

const none: Both = { vi: '', en: '' }

/** All offers, in the order of the catalogue; packs that it does not know come last. `today` chooses between versions. */
export function offersOf(procedures: readonly Procedure[], catalogue: Catalogue | null, today: string): readonly Offer[] {
  const packs = new Map<string, Procedure>()
  for (const procedure of procedures) {
    const other = packs.get(procedure.pack.code)
    if (other === undefined || goesBefore(procedure, other, today)) packs.set(procedure.pack.code, procedure)
  }
  const entries = catalogue?.procedures ?? []
  const known = new Set(entries.map(({ code }) => code))
  return [
    ...entries.map((entry) => offerOf(packs.get(entry.code), entry, catalogue)),
    ...[...packs.values()].filter(({ pack }) => !known.has(pack.code)).map((procedure) => fromPack(procedure, catalogue)),
  ]
}

/** The offers by sector. */
export function bySector(offers: readonly Offer[]): readonly SectorOffers[] {
  const sectors = new Map<string, Offer[]>()
  for (const offer of offers) {
    const others = sectors.get(offer.sector)
    if (others === undefined) sectors.set(offer.sector, [offer])
    else others.push(offer)
  }
  return [...sectors].map(([sector, list]) => ({ sector, name: list[0]?.sectorName ?? none, offers: list }))
}

/** Of two versions of a procedure: the one in force, then the higher one. */
function goesBefore(one: Procedure, other: Procedure, today: string): boolean {
  const inForce = ({ pack }: Procedure): boolean => pack.validFrom <= today && (pack.validTo === null || today <= pack.validTo)
  if (inForce(one) !== inForce(other)) return inForce(one)
  return one.pack.version.localeCompare(other.pack.version, 'en', { numeric: true }) > 0
}

function offerOf(procedure: Procedure | undefined, entry: CatalogueEntry, catalogue: Catalogue | null): Offer {
  const words = [...entry.everyday.vi, ...entry.everyday.en]
  const sector = { sector: entry.sector, sectorName: catalogue?.sectors[entry.sector] ?? none }
  if (procedure === undefined) return { code: entry.code, version: null, ...sector, name: entry.names, summary: entry.note ?? none, everyday: words }
  const offer = fromPack(procedure, catalogue)
  return { ...offer, ...sector, everyday: [...new Set([...offer.everyday, ...words])] }
}

function fromPack({ pack, texts: { vi, en } }: Procedure, catalogue: Catalogue | null): Offer {
  return {
    code: pack.code,
    version: pack.version,
    sector: pack.sector,
    sectorName: catalogue?.sectors[pack.sector] ?? { vi: vi.sector, en: en.sector },
    name: { vi: vi.name, en: en.name },
    summary: { vi: vi.summary, en: en.summary },
    everyday: [vi.shortName, en.shortName, ...vi.everydayWords, ...en.everydayWords],
  }
}
