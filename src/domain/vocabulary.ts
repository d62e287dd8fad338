/**
 * The canonical values of every label field, and the English and Korean labels that are known to
 * mean them without a `values` mapping. A label is compared after NFC, trimming, lower-casing and
 * removal of spaces, hyphens and emoji (`labelKey`). A label found nowhere is a data issue, never a guess.
 */

const defineVocabulary = <const V extends Readonly<Record<string, readonly string[]>>>(values: V): V => values;

export const VOCABULARIES = {
  tier: defineVocabulary({
    strategic: ['strategic', 'tier 1', '전략', '전략적', '핵심 전략'],
    core: ['core', 'key', 'tier 2', '핵심', '주요'],
    basic: ['basic', 'standard', 'tier 3', '일반', '기본'],
  }),
  lifecycleStage: defineVocabulary({
    awareness: ['awareness', 'operational awareness', '인식', '발굴'],
    knowledge: ['knowledge', '이해', '조사'],
    assessment: ['assessment', 'internal assessment', '내부 평가', '평가'],
    selection: ['selection', 'partner selection', '선정', '파트너 선정'],
    'working-together': ['working together', 'onboarding', '협력 구축', '온보딩', '협업'],
    'value-creation': ['value creation', '가치 창출'],
    'staying-together': ['staying together', '관계 유지', '지속'],
    exit: ['exit', 'exit strategy', '종료', '출구'],
  }),
  cadence: defineVocabulary({
    weekly: ['weekly', 'every week', '매주', '주간'],
    monthly: ['monthly', 'every month', '매월', '월간', '월별'],
    bimonthly: ['bimonthly', 'every two months', '격월'],
    quarterly: ['quarterly', 'every quarter', '분기', '분기별', '매분기'],
    'half-yearly': ['half-yearly', 'semi-annual', 'half yearly', '반기', '반기별'],
    yearly: ['yearly', 'annual', 'annually', '연간', '매년', '연 1회'],
    none: ['none', 'no cadence', '없음'],
  }),
  rowStatus: defineVocabulary({
    planned: ['planned', 'not started', 'to do', 'todo', 'upcoming', '예정', '계획', '시작 전'],
    active: ['active', 'in progress', 'ongoing', 'doing', '진행', '진행 중', '활성'],
    'on-hold': ['on hold', 'paused', '보류', '중단'],
    done: ['done', 'complete', 'completed', 'finished', '완료', '종료'],
    cancelled: ['cancelled', 'canceled', 'dropped', '취소'],
  }),
  reviewStatus: defineVocabulary({
    planned: ['planned', 'scheduled', 'not started', '예정', '계획'],
    moved: ['moved', 'rescheduled', 'postponed', '연기', '변경'],
    held: ['held', 'done', 'complete', 'completed', '완료', '진행 완료', '실시'],
    cancelled: ['cancelled', 'canceled', '취소'],
  }),
  decisionStatus: defineVocabulary({
    pending: ['pending', 'open', 'waiting', '대기', '검토 중'],
    'on-hold': ['on hold', '보류'],
    approved: ['approved', 'decided', '승인', '결정'],
    rejected: ['rejected', 'declined', '반려', '거절'],
  }),
  riskStatus: defineVocabulary({
    open: ['open', 'new', 'identified', '열림', '미해결', '발생', '식별'],
    treating: ['treating', 'mitigating', 'in progress', '대응 중', '진행 중', '조치 중'],
    accepted: ['accepted', '수용'],
    closed: ['closed', 'done', 'resolved', '종료', '해결', '완료'],
  }),
  issueState: defineVocabulary({
    sensed: ['sensed', 'new', 'open', '감지', '접수'],
    facts: ['facts', 'fact finding', '사실 확인'],
    'joint-talk': ['joint talk', '공동 협의', '협의'],
    sponsor: ['sponsor', 'escalated', '스폰서', '임원 협의'],
    mediation: ['mediation', '조정', '중재'],
    resolved: ['resolved', '해결'],
    recovering: ['recovering', 'recovery', '회복 중', '회복'],
    closed: ['closed', 'done', '종료', '완료'],
  }),
  severity: defineVocabulary({
    low: ['low', 'minor', '낮음', '하'],
    medium: ['medium', 'moderate', '보통', '중간', '중'],
    high: ['high', 'major', '높음', '상'],
    critical: ['critical', 'severe', '심각', '매우 높음', '치명'],
  }),
  contactStatus: defineVocabulary({
    active: ['active', '활성', '재직'],
    'on-leave': ['on leave', 'away', '휴직'],
    left: ['left', 'inactive', 'former', '퇴사', '이직'],
  }),
  agreementStatus: defineVocabulary({
    draft: ['draft', 'negotiation', '초안', '협상 중'],
    signed: ['signed', 'active', 'in force', '체결', '유효', '서명 완료'],
    terminated: ['terminated', 'expired', 'ended', '해지', '만료', '종료'],
  }),
  taskStatus: defineVocabulary({
    todo: ['todo', 'to do', 'not started', 'open', '할 일', '시작 전', '예정', '대기'],
    doing: ['doing', 'in progress', '진행 중', '진행'],
    done: ['done', 'complete', 'completed', '완료'],
    dropped: ['dropped', "won't do", 'wont do', 'cancelled', 'canceled', '안 함', '취소', '보류 종료'],
  }),
  partnershipStatus: defineVocabulary({
    'on-track': ['on track', 'green', 'healthy', '순조', '정상', '양호'],
    watch: ['watch', 'yellow', 'amber', 'needs attention', '주의', '관찰'],
    'at-risk': ['at risk', 'red', '위험'],
    'insufficient-data': ['insufficient data', 'no data', 'unknown', '데이터 부족', '자료 부족', '판단 불가'],
  }),
  kpiStatus: defineVocabulary({
    'too-early': ['too early', '이른 시점', '시작 단계', '시기상조'],
    'on-track': ['on track', 'green', '순조', '정상', '양호'],
    behind: ['behind', 'lagging', '지연', '뒤처짐'],
    'at-risk': ['at risk', 'red', '위험'],
    achieved: ['achieved', 'met', '달성'],
    partly: ['partly', 'partly achieved', '일부 달성', '부분 달성'],
    missed: ['missed', 'not achieved', '미달', '미달성'],
    'not-computable': ['not computable', 'n/a', 'no data', '계산 불가', '산출 불가'],
  }),
  milestoneStatus: defineVocabulary({
    upcoming: ['upcoming', 'planned', '예정'],
    'due-soon': ['due soon', '임박'],
    overdue: ['overdue', 'late', '지연', '기한 초과'],
    done: ['done', 'complete', 'completed', '완료'],
  }),
  riskLevel: defineVocabulary({
    none: ['none', '없음'],
    low: ['low', '낮음'],
    medium: ['medium', '보통', '중간'],
    high: ['high', '높음'],
    critical: ['critical', '심각'],
  }),
  confidence: defineVocabulary({
    high: ['high', '높음'],
    medium: ['medium', '보통', '중간'],
    low: ['low', '낮음'],
  }),
  kpiKind: defineVocabulary({
    quantitative: ['quantitative', '정량'],
    qualitative: ['qualitative', '정성'],
  }),
  direction: defineVocabulary({
    higher: ['higher', 'higher is better', 'up', 'increase', '높을수록 좋음', '증가', '상향'],
    lower: ['lower', 'lower is better', 'down', 'decrease', '낮을수록 좋음', '감소', '하향'],
    range: ['range', 'within range', '범위'],
    maintain: ['maintain', 'keep', '유지'],
    milestone: ['milestone', 'binary', 'yes/no', '마일스톤', '완료 여부'],
    rating: ['rating', 'score', '평점'],
  }),
  accumulation: defineVocabulary({
    cumulative: ['cumulative', 'sum', 'total', '누적', '합계'],
    snapshot: ['snapshot', 'latest', '현재값', '최신값'],
    average: ['average', 'mean', '평균'],
    ratio: ['ratio', '비율'],
    count: ['count', '건수'],
    max: ['max', 'maximum', '최대'],
  }),
  scale: defineVocabulary({
    fraction: ['fraction', 'share', '0-1', '소수', '비율'],
    percent: ['percent', 'percentage', '%', '0-100', '퍼센트', '백분율'],
  }),
  horizon: defineVocabulary({
    month: ['month', 'monthly', '월', '월간'],
    quarter: ['quarter', 'quarterly', '분기'],
    'half-year': ['half-year', 'half yearly', '반기'],
    year: ['year', 'yearly', 'annual', '연', '연간'],
    lifetime: ['lifetime', 'long-term', '장기', '협력 기간', '전체 기간'],
  }),
  commitment: defineVocabulary({
    commit: ['commit', 'committed', '확약', '필수'],
    stretch: ['stretch', 'aspirational', '도전'],
  }),
  side: defineVocabulary({
    us: ['us', 'ours', 'we', '우리', '당사', '자사'],
    them: ['them', 'theirs', 'partner', '파트너', '상대', '파트너사'],
    both: ['both', 'joint', '공동', '양측'],
  }),
  milestoneKind: defineVocabulary({
    delivery: ['delivery', '일반', '산출물'],
    pilot: ['pilot', 'experiment', '파일럿', '실험'],
  }),
  reviewKind: defineVocabulary({
    performance: ['performance', 'qbr', 'business review', '성과', '성과 점검'],
    relationship: ['relationship', '관계', '관계 진단'],
    evaluation: ['evaluation', '평가'],
    briefing: ['briefing', '브리핑'],
    reconciliation: ['reconciliation', '관계 회복'],
  }),
  actionKind: defineVocabulary({
    action: ['action', '실행', '액션'],
    improvement: ['improvement', '개선'],
  }),
  interactionType: defineVocabulary({
    formal: ['formal', 'meeting', '공식'],
    informal: ['informal', '비공식'],
  }),
  tone: defineVocabulary({
    positive: ['positive', '긍정'],
    neutral: ['neutral', '중립'],
    negative: ['negative', '부정'],
  }),
  interactionDirection: defineVocabulary({
    inbound: ['inbound', 'incoming', '수신'],
    outbound: ['outbound', 'outgoing', '발신'],
    'two-way': ['two-way', 'both', '양방향', '쌍방'],
  }),
  feedbackKind: defineVocabulary({
    survey: ['survey', '설문'],
    complaint: ['complaint', '불만'],
    praise: ['praise', '칭찬'],
  }),
  agreementKind: defineVocabulary({
    contract: ['contract', 'agreement', '계약', '계약서'],
    nda: ['nda', '비밀유지', '비밀유지계약'],
    insurance: ['insurance', '보험'],
    certificate: ['certificate', '인증', '인증서'],
  }),
  renewalDecision: defineVocabulary({
    renew: ['renew', 'renewed', '갱신', '연장'],
    renegotiate: ['renegotiate', '재협상'],
    end: ['end', 'terminate', 'exit', '종료', '해지'],
    undecided: ['undecided', 'pending', 'open', '미정', '검토 중'],
  }),
} as const;

export type VocabularyName = keyof typeof VOCABULARIES;
export type Canonical<V extends VocabularyName> = keyof (typeof VOCABULARIES)[V] & string;

const DROPPED = /[\s\-_‐‑–—·.]|\p{Extended_Pictographic}|\p{Regional_Indicator}|\u{FE0F}|\u{200D}/gu;

/** The comparison form of a label: NFC, lower case, without spaces, hyphens, dots and emoji. */
export function labelKey(label: string): string {
  return label.normalize('NFC').toLowerCase().replace(DROPPED, '');
}

/** The canonical value a common label stands for in a vocabulary, or undefined when none is known. */
export function canonicalOf<V extends VocabularyName>(vocabulary: V, label: string): Canonical<V> | undefined {
  const wanted = labelKey(label);
  if (wanted === '') return undefined;
  const entries: [string, readonly string[]][] = Object.entries(VOCABULARIES[vocabulary]);
  for (const [canonical, labels] of entries) {
    if (labelKey(canonical) === wanted) return canonical as Canonical<V>;
    if (labels.some((known) => labelKey(known) === wanted)) return canonical as Canonical<V>;
  }
  return undefined;
}
