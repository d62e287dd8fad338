import { dayIn, nameIn, percentIn, type RuleWords, wordsIn } from '../words.js';
import { dayOf } from './phrases.js';

const SIGNALS: Readonly<Record<string, string>> = {
  silence: '소통 공백',
  slowerReplies: '회신 지연',
  fallingSatisfaction: '만족도 하락',
  missedReviews: '리뷰 미진행',
  complaints: '불만 반복',
  slippedPromises: '약속 지연',
  singleContact: '단일 연락 창구',
};
const QUESTIONS: Readonly<Record<string, string>> & { readonly satisfaction: string } = {
  satisfaction: '만족도',
  communication: '소통 품질',
  problemResponse: '문제 대응',
  trust: '신뢰',
};
const SPONSORS: Readonly<Record<string, string>> = { us: '우리측', them: '상대측' };

export const relationship = {
  silence: {
    flag: '소통 공백',
    says: (params) => `${dayOf(params, 'date')} 이후 양방향 소통 없음`,
    about: '등급별 기준보다 오래 양측 간 소통이 없는 상태. 회신 없는 발신은 소통으로 보지 않음',
    next: '파트너에게 연락하고 소통 기록 남기기',
  },
  imbalance: {
    flag: '성과·신뢰 불균형',
    says: (params) => (params.lacks === 'trust' ? '성과에 비해 신뢰가 크게 낮음' : '신뢰에 비해 성과가 크게 낮음'),
    about: '성과와 신뢰의 차이가 큰 상태. 신뢰 없는 성과는 오래가지 않고, 신뢰만으로는 성과가 나지 않음',
    next: '다음 리뷰에서 낮은 쪽을 첫 안건으로 다루기',
  },
  'contact-left': {
    flag: '상대측 담당자 공석',
    says: (params) => `상대측 담당자 공석(이전 담당 ${nameIn(params, 'contact')})`,
    about: '상대측 담당자가 모두 떠난 상태',
    next: '파트너에게 후임을 확인하고 연락처 등록',
  },
  'single-contact': {
    flag: '단일 연락 창구',
    says: (params) => `상대측 연락 창구 1명뿐(${nameIn(params, 'contact')})`,
    about: '상대측 한 사람에게 파트너십 전체가 달려 있는 상태',
    next: '담당자가 바뀌기 전에 두 번째 연락 창구 확보',
  },
  'feedback-unanswered': {
    flag: '피드백 미회신',
    says: (params) => `${dayOf(params, 'date')} 접수 피드백 미회신`,
    about: '파트너의 피드백에 회신하지 않은 상태. 불만은 더 무겁게 봄',
    next: '검토 담당자만이라도 먼저 회신하고 회신일 입력',
  },
  'owner-left': {
    flag: '퇴사자 업무 잔존',
    says: (params) => `퇴사한 ${nameIn(params, 'person')} 담당 업무 ${params.count}건 미인계`,
    about: '퇴사한 우리측 담당자에게 파트너십이나 그 업무가 남아 있는 상태',
    next: '대체 담당자에게 먼저 인계하고 건별로 담당자 변경',
  },
  'sponsor-missing': {
    flag: '책임 임원 없음',
    says: (params) => `${wordsIn(params, 'missing', SPONSORS).join('·')} 책임 임원 없음`,
    about: '한쪽 또는 양쪽에 파트너십을 책임지는 임원이 없는 상태',
    next: '책임 임원을 확인하고 양측 임원 상견례 진행',
  },
  'sponsor-silent': {
    flag: '책임 임원 소통 공백',
    says: (params) => `${dayOf(params, 'date')} 이후 책임 임원 ${nameIn(params, 'contact')} 소통 없음`,
    about: '상대측 책임 임원과 등급별 기준보다 오래 연락이 없는 상태',
    next: '양측 책임 임원 간 짧은 면담 주선',
  },
  'backup-missing': {
    flag: '대체 담당자 없음',
    says: () => '대체 담당자 미지정',
    about: '담당자 부재나 이동 시 대신할 사람이 없는 상태',
    next: '대체 담당자를 지정하고 다음 리뷰에 동석',
  },
  'early-warning': {
    flag: '조기 경보',
    says: (params) => `조기 경보 신호: ${wordsIn(params, 'signals', SIGNALS).join('·')}`,
    about:
      '최근 몇 주간 소통 공백, 회신 지연, 만족도 하락, 리뷰 미진행, 불만 반복, 약속 지연, 단일 연락 창구 등 작은 신호가 겹친 상태',
    next: '기한을 넘기는 일이 생기기 전에 파트너와 상황을 확인하고 기록',
  },
  'diagnosis-overdue': {
    flag: '관계 진단 지연',
    says: (params) =>
      dayIn(params, 'lastHeld') === undefined ? '관계 진단 이력 없음' : `관계 진단 기한(${dayOf(params, 'date')}) 경과`,
    about: '양측이 관계 상태를 이야기하는 진단 미팅을 하지 않은 상태',
    next: '수치 안건 없이 만나 문제가 될 만한 점 확인',
  },
  'evaluation-one-sided': {
    flag: '한쪽 평가만 있음',
    says: (params) => `${params.missing === 'us' ? '상대측' : '우리측'} 평가만 있음`,
    about: '한쪽만 파트너십을 평가한 상태',
    next: '다른 쪽에도 같은 문항으로 평가 요청',
  },
  'rating-low': {
    flag: '낮은 평가',
    says: (params) =>
      `${QUESTIONS[String(params.question)] ?? QUESTIONS.satisfaction} ${params.mark}점${params.before === undefined ? '' : `(이전 ${params.before}점)`}`,
    about: '만족도·소통·문제 대응·신뢰 평가가 낮거나 반년 전보다 뚜렷이 떨어진 상태',
    next: '해당 항목의 개선 계획을 파트너와 합의하고 다음 분기에 다시 평가',
  },
  'profile-incomplete': {
    flag: '파트너 이해 부족',
    says: (params) => `파트너 프로필 완성도 ${percentIn(params, 'share')}`,
    about: '파트너의 사업 모델·시장·의사결정 구조·가치·우선순위가 정리되지 않은 상태',
    next: '파트너 이해 세션을 갖고 빠진 항목 보완',
  },
  'profile-stale': {
    flag: '프로필 재검토 지연',
    says: (params) => `프로필 재검토 기한(${dayOf(params, 'date')}) 경과`,
    about: '파트너 프로필을 다시 살펴보기로 한 날이 지난 상태',
    next: '파트너와 함께 내용을 확인하고 다음 재검토일 지정',
  },
  'esg-unproved': {
    flag: 'ESG 증빙 없음',
    says: (params) =>
      dayIn(params, 'date') === undefined ? 'ESG 점검 증빙 없음' : `ESG 증빙 기한(${dayOf(params, 'date')}) 만료`,
    about: 'ESG 점검 결과에 증빙이 없거나 증빙이 만료된 상태',
    next: '증빙을 요청하고 유효 기한 입력',
  },
  'health-dropped': {
    flag: '건강 점수 급락',
    says: (params) => `건강 점수 급락(${dayOf(params, 'date')} ${params.before}점 기준)`,
    about: '건강 점수가 한 주 사이에 크게 떨어진 상태',
    next: '점수를 낮춘 항목부터 확인하고 다음 리뷰 전에 파트너와 협의',
  },
} as const satisfies Readonly<Record<string, RuleWords>>;
