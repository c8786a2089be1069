import { describe, expect, it } from 'vitest'
import { parsePack } from '../../../core/procedure/pack.ts'
import { usePrecheck, type Precheck } from '../../../src/forms/usePrecheck.ts'
import { packOfRepository } from '../../support/packs.ts'
import { birthProcedure } from '../../support/screens/birth.ts'

const { pack } = birthProcedure()
const nowMs = (): number => Date.parse('2026-11-25T02:00:00.000Z')
const asking: typeof pack = { ...pack, precheck: ['loaiKhaiSinh', 'chaMeKetHon', 'chungSinh.loai', 'loaiDangKy'], presence: [{ id: 'nguoiYeuCau' }] }
/** Those that are needed for certain. */
const papersOf = ({ papers }: Precheck): readonly string[] => papers.value.filter(({ perhaps }) => !perhaps).map(({ id }) => id)

describe('the pre-check of a procedure', () => {
  it('tells exactly the papers, the fee and who must come, by the answers', () => {
    const precheck = usePrecheck(asking, nowMs)
    expect(precheck.questions.value.map(({ id }) => id)).toEqual(['loaiKhaiSinh', 'chungSinh.loai', 'loaiDangKy'])

    precheck.answer('loaiKhaiSinh', 'caHaiChaMe')
    expect(precheck.unanswered.value).toBe(3) // whether the parents are married is asked only now
    precheck.answer('chungSinh.loai', 'camDoan')
    precheck.answer('chaMeKetHon', true)
    precheck.answer('loaiDangKy', 'quaHan')

    expect(precheck.unanswered.value).toBe(0)
    expect(papersOf(precheck)).toEqual(['toKhai', 'giayCamDoanViecSinh', 'giayToTuyThan', 'giayToCuTru', 'giayKetHon'])
    expect(precheck.fee.value.total).toBe(5000)
    expect(precheck.presence.value).toEqual(['nguoiYeuCau'])
    expect(precheck.expected.value.date).toBe('2026-11-25')
  })

  it('says of a paper that turns on what is not asked here which question of the form will tell', () => {
    const precheck = usePrecheck(asking, nowMs)
    const ofRelation = precheck.papers.value.find(({ id }) => id === 'vanBanUyQuyen')
    expect(ofRelation).toMatchObject({ perhaps: true, dependsOn: ['nyc.quanHe', 'uq.thanThich'] })

    const whole = usePrecheck({ ...asking, precheck: [...(asking.precheck ?? []), 'nyc.quanHe', 'uq.thanThich'] }, nowMs)
    expect(whole.papers.value.filter(({ perhaps }) => perhaps)).toEqual([])
  })

  it('asks of a list what the fee and the papers turn on, for one row', () => {
    const copies = packOfRepository('2.000815')
    const precheck = usePrecheck(copies, nowMs)
    expect(precheck.questions.value.map(({ id }) => id)).toEqual(['giayTo[0].coQuanCap', 'giayTo[0].soTrang', 'giayTo[0].soBan', 'nguyenVen', 'matHayCam'])

    precheck.answer('giayTo[0].soTrang', 4)
    precheck.answer('giayTo[0].soBan', 3)
    precheck.answer('giayTo[0].coQuanCap', 'nuocNgoai')

    expect(precheck.valueOf('giayTo[0].soBan')).toBe(3)
    expect(precheck.fee.value.total).toBe(18_000)
    expect(papersOf(precheck)).toEqual(['banChinh', 'hopPhapHoa'])
    precheck.answer('giayTo[0].coQuanCap', undefined)
    expect(papersOf(precheck)).toEqual(['banChinh'])
  })

  it('changes the papers when an answer changes or is taken back', () => {
    const precheck = usePrecheck(asking, nowMs)
    precheck.answer('chungSinh.loai', 'camDoan')
    precheck.answer('chungSinh.loai', 'giay')
    expect(papersOf(precheck)).toContain('giayChungSinh')
    expect(papersOf(precheck)).not.toContain('giayCamDoanViecSinh')

    precheck.answer('chungSinh.loai', undefined)

    expect(papersOf(precheck)).not.toContain('giayChungSinh')
  })

  it('without questions shows the whole list and says which papers are needed only in some cases', () => {
    const { precheck: _, ...without } = pack
    const parsed = parsePack(without)
    if (!parsed.ok) throw new Error(parsed.failure.why)
    const { questions, papers } = usePrecheck(parsed.value, nowMs)

    expect(questions.value).toEqual([])
    expect(papers.value).toHaveLength(pack.documents.length)
    expect(papers.value.filter(({ perhaps }) => !perhaps).map(({ id }) => id)).toEqual(['toKhai', 'giayToTuyThan', 'giayToCuTru'])
  })
})
