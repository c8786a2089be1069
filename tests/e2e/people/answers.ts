/** What an invented family tells the volunteer, dated from today so that the birth is never late. */
import type { Answers } from '../../../core/procedure/answers.ts'
import { localMoment, plusDays } from '../../../core/procedure/dates.ts'
import { derive } from '../../../core/procedure/derive.ts'
import { birthAnswers, birthPack } from '../../support/packs.ts'

export const today = (): string => localMoment(Date.now()).date

/** Answers of married parents for a child born ten days ago; what the tablet derives is left for it to derive. */
export function familyAnswers(changes: Answers = {}): Answers {
  const { 'con.ngaySinhChu': _words, loaiDangKy: _kind, ...told } = birthAnswers()
  return {
    ...told,
    'con.ngaySinh': plusDays(today(), -10),
    'camDoan.ngay': today(),
    // Without it no paper has a camera.
    'dongY.chupAnh': true,
    ...changes,
  }
}

/** The same with what the tablet would have derived. */
export function wholeFamilyAnswers(): Answers {
  const told = familyAnswers()
  const { 'con.ngaySinh': _born, ...before } = told
  return derive(birthPack(), told, 'con.ngaySinh', { before, today: today() })
}
