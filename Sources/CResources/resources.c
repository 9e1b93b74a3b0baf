#include "jz_resources.h"
#include <string.h>

// To add a resource: put the file into the `Resources` folder of the module that reads it (which its target excludes
// in Package.swift), embed it here, and name it in the table below. The compiler records embedded files as
// dependencies, so an edited file is taken in by the next build; a test compares both and says what is missing.

// A warning of C17 compilers; the one of the toolchain knows #embed in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t complaint_routes[] = {
#embed "../Reporting/Resources/complaint-routes.json5"
};
static const uint8_t cues[] = {
#embed "../Classification/Resources/cues.txt"
};
// Those read in place lie on a border that suits all numbers.
static _Alignas(64) const uint8_t cue_tables[] = {
#embed "../Classification/Resources/cues.bin"
};
static _Alignas(64) const uint8_t model[] = {
#embed "../Classification/Resources/model.bin"
};
static _Alignas(64) const uint8_t tables[] = {
#embed "../Tokenization/Resources/tables.bin"
};
static const uint8_t folds[] = {
#embed "../Tokenization/Resources/folds.txt"
};
static const uint8_t lookalikes[] = {
#embed "../Tokenization/Resources/lookalikes.txt"
};
static const uint8_t pinyin[] = {
#embed "../Tokenization/Resources/pinyin.txt"
};
static const uint8_t readings[] = {
#embed "../Tokenization/Resources/readings.txt"
};
static const uint8_t signs[] = {
#embed "../Tokenization/Resources/signs.txt"
};
static const uint8_t simplified[] = {
#embed "../Tokenization/Resources/simplified.txt"
};
static const uint8_t words[] = {
#embed "../Tokenization/Resources/words.txt"
};
static const uint8_t field_words[] = {
#embed "../Tokenization/Resources/field-words.txt"
};
static const uint8_t terms[] = {
#embed "../Tokenization/Resources/terms.txt"
};
static const uint8_t splits[] = {
#embed "../Tokenization/Resources/splits.txt"
};
static const uint8_t shapes[] = {
#embed "../Tokenization/Resources/shapes.txt"
};
static const uint8_t clean_words[] = {
#embed "../Tokenization/Resources/clean-words.txt"
};

// What the local page consists of, one for each file below WebPage/Resources/page.
static const uint8_t page_case_js[] = {
#embed "../WebPage/Resources/page/case.js"
};
static const uint8_t page_conversation_js[] = {
#embed "../WebPage/Resources/page/conversation.js"
};
static const uint8_t page_dom_js[] = {
#embed "../WebPage/Resources/page/dom.js"
};
static const uint8_t page_files_js[] = {
#embed "../WebPage/Resources/page/files.js"
};
static const uint8_t page_findings_js[] = {
#embed "../WebPage/Resources/page/findings.js"
};
static const uint8_t page_icon_svg[] = {
#embed "../WebPage/Resources/page/icon.svg"
};
static const uint8_t page_main_js[] = {
#embed "../WebPage/Resources/page/main.js"
};
static const uint8_t page_page_css[] = {
#embed "../WebPage/Resources/page/page.css"
};
static const uint8_t page_page_html[] = {
#embed "../WebPage/Resources/page/page.html"
};
static const uint8_t page_people_js[] = {
#embed "../WebPage/Resources/page/people.js"
};
static const uint8_t page_report_js[] = {
#embed "../WebPage/Resources/page/report.js"
};
static const uint8_t page_saying_js[] = {
#embed "../WebPage/Resources/page/saying.js"
};
static const uint8_t page_server_js[] = {
#embed "../WebPage/Resources/page/server.js"
};
static const uint8_t page_words_js[] = {
#embed "../WebPage/Resources/page/words.js"
};
static const uint8_t page_words_json5[] = {
#embed "../WebPage/Resources/page/words.json5"
};

// The rules, one for each file below Classification/Rules.
static const uint8_t rule_abuse_insult[] = {
#embed "../Classification/Rules/abuse/insult.json5"
};
static const uint8_t rule_abuse_leak[] = {
#embed "../Classification/Rules/abuse/leak.json5"
};
static const uint8_t rule_abuse_threat[] = {
#embed "../Classification/Rules/abuse/threat.json5"
};
static const uint8_t rule_ad_account_trading[] = {
#embed "../Classification/Rules/ad/account-trading.json5"
};
static const uint8_t rule_ad_affiliate_link[] = {
#embed "../Classification/Rules/ad/affiliate-link.json5"
};
static const uint8_t rule_ad_contact_diversion[] = {
#embed "../Classification/Rules/ad/contact-diversion.json5"
};
static const uint8_t rule_ad_gambling[] = {
#embed "../Classification/Rules/ad/gambling.json5"
};
static const uint8_t rule_ad_loan[] = {
#embed "../Classification/Rules/ad/loan.json5"
};
static const uint8_t rule_ad_mass_marketing[] = {
#embed "../Classification/Rules/ad/mass-marketing.json5"
};
static const uint8_t rule_ad_part_time[] = {
#embed "../Classification/Rules/ad/part-time.json5"
};
static const uint8_t rule_ad_rebate_site[] = {
#embed "../Classification/Rules/ad/rebate-site.json5"
};
static const uint8_t rule_ad_resale[] = {
#embed "../Classification/Rules/ad/resale.json5"
};
static const uint8_t rule_ad_rival_shop[] = {
#embed "../Classification/Rules/ad/rival-shop.json5"
};
static const uint8_t rule_ad_shop_service[] = {
#embed "../Classification/Rules/ad/shop-service.json5"
};
static const uint8_t rule_cashback_buyer_coercion[] = {
#embed "../Classification/Rules/cashback/buyer-coercion.json5"
};
static const uint8_t rule_cashback_buyer_offer[] = {
#embed "../Classification/Rules/cashback/buyer-offer.json5"
};
static const uint8_t rule_cashback_inquiry[] = {
#embed "../Classification/Rules/cashback/inquiry.json5"
};
static const uint8_t rule_cashback_promise_dispute[] = {
#embed "../Classification/Rules/cashback/promise-dispute.json5"
};
static const uint8_t rule_cashback_seller_inducement[] = {
#embed "../Classification/Rules/cashback/seller-inducement.json5"
};
static const uint8_t rule_cashback_seller_pays_change[] = {
#embed "../Classification/Rules/cashback/seller-pays-change.json5"
};
static const uint8_t rule_cashback_settlement[] = {
#embed "../Classification/Rules/cashback/settlement.json5"
};
static const uint8_t rule_ext_complaint_threat[] = {
#embed "../Classification/Rules/ext/complaint-threat.json5"
};
static const uint8_t rule_ext_exposure_threat[] = {
#embed "../Classification/Rules/ext/exposure-threat.json5"
};
static const uint8_t rule_ext_fabricated_fault[] = {
#embed "../Classification/Rules/ext/fabricated-fault.json5"
};
static const uint8_t rule_ext_impersonation[] = {
#embed "../Classification/Rules/ext/impersonation.json5"
};
static const uint8_t rule_ext_invoice_threat[] = {
#embed "../Classification/Rules/ext/invoice-threat.json5"
};
static const uint8_t rule_ext_ip_complaint[] = {
#embed "../Classification/Rules/ext/ip-complaint.json5"
};
static const uint8_t rule_ext_order_threat[] = {
#embed "../Classification/Rules/ext/order-threat.json5"
};
static const uint8_t rule_ext_privacy_pretext[] = {
#embed "../Classification/Rules/ext/privacy-pretext.json5"
};
static const uint8_t rule_ext_regulator_threat[] = {
#embed "../Classification/Rules/ext/regulator-threat.json5"
};
static const uint8_t rule_ext_review_threat[] = {
#embed "../Classification/Rules/ext/review-threat.json5"
};
static const uint8_t rule_ext_violence_for_money[] = {
#embed "../Classification/Rules/ext/violence-for-money.json5"
};
static const uint8_t rule_fraud_fake_payment[] = {
#embed "../Classification/Rules/fraud/fake-payment.json5"
};
static const uint8_t rule_fraud_impersonation[] = {
#embed "../Classification/Rules/fraud/impersonation.json5"
};
static const uint8_t rule_peer_reverse_brushing[] = {
#embed "../Classification/Rules/peer/reverse-brushing.json5"
};
static const uint8_t rule_peer_review[] = {
#embed "../Classification/Rules/peer/review.json5"
};
static const uint8_t rule_seller_abuse[] = {
#embed "../Classification/Rules/seller/abuse.json5"
};
static const uint8_t rule_seller_admission[] = {
#embed "../Classification/Rules/seller/admission.json5"
};
static const uint8_t rule_seller_brushing[] = {
#embed "../Classification/Rules/seller/brushing.json5"
};
static const uint8_t rule_seller_counter_offer[] = {
#embed "../Classification/Rules/seller/counter-offer.json5"
};
static const uint8_t rule_seller_off_platform[] = {
#embed "../Classification/Rules/seller/off-platform.json5"
};
static const uint8_t rule_trade_bad_address[] = {
#embed "../Classification/Rules/trade/bad-address.json5"
};
static const uint8_t rule_trade_mass_unpaid[] = {
#embed "../Classification/Rules/trade/mass-unpaid.json5"
};
static const uint8_t rule_trade_refund_abuse[] = {
#embed "../Classification/Rules/trade/refund-abuse.json5"
};
static const uint8_t rule_trade_shortage_fraud[] = {
#embed "../Classification/Rules/trade/shortage-fraud.json5"
};
static const uint8_t rule_trade_swap[] = {
#embed "../Classification/Rules/trade/swap.json5"
};

static const struct {
    const char *name;
    const uint8_t *bytes;
    size_t count;
} resources[] = {
    {"complaint-routes.json5", complaint_routes, sizeof complaint_routes},
    {"cues.bin", cue_tables, sizeof cue_tables},
    {"cues.txt", cues, sizeof cues},
    {"model.bin", model, sizeof model},
    {"tables.bin", tables, sizeof tables},
    {"folds.txt", folds, sizeof folds},
    {"lookalikes.txt", lookalikes, sizeof lookalikes},
    {"pinyin.txt", pinyin, sizeof pinyin},
    {"readings.txt", readings, sizeof readings},
    {"signs.txt", signs, sizeof signs},
    {"simplified.txt", simplified, sizeof simplified},
    {"words.txt", words, sizeof words},
    {"field-words.txt", field_words, sizeof field_words},
    {"terms.txt", terms, sizeof terms},
    {"splits.txt", splits, sizeof splits},
    {"shapes.txt", shapes, sizeof shapes},
    {"clean-words.txt", clean_words, sizeof clean_words},
    {"page/case.js", page_case_js, sizeof page_case_js},
    {"page/conversation.js", page_conversation_js, sizeof page_conversation_js},
    {"page/dom.js", page_dom_js, sizeof page_dom_js},
    {"page/files.js", page_files_js, sizeof page_files_js},
    {"page/findings.js", page_findings_js, sizeof page_findings_js},
    {"page/icon.svg", page_icon_svg, sizeof page_icon_svg},
    {"page/main.js", page_main_js, sizeof page_main_js},
    {"page/page.css", page_page_css, sizeof page_page_css},
    {"page/page.html", page_page_html, sizeof page_page_html},
    {"page/people.js", page_people_js, sizeof page_people_js},
    {"page/report.js", page_report_js, sizeof page_report_js},
    {"page/saying.js", page_saying_js, sizeof page_saying_js},
    {"page/server.js", page_server_js, sizeof page_server_js},
    {"page/words.js", page_words_js, sizeof page_words_js},
    {"page/words.json5", page_words_json5, sizeof page_words_json5},
    {"rules/abuse/insult.json5", rule_abuse_insult, sizeof rule_abuse_insult},
    {"rules/abuse/leak.json5", rule_abuse_leak, sizeof rule_abuse_leak},
    {"rules/abuse/threat.json5", rule_abuse_threat, sizeof rule_abuse_threat},
    {"rules/ad/account-trading.json5", rule_ad_account_trading, sizeof rule_ad_account_trading},
    {"rules/ad/affiliate-link.json5", rule_ad_affiliate_link, sizeof rule_ad_affiliate_link},
    {"rules/ad/contact-diversion.json5", rule_ad_contact_diversion, sizeof rule_ad_contact_diversion},
    {"rules/ad/gambling.json5", rule_ad_gambling, sizeof rule_ad_gambling},
    {"rules/ad/loan.json5", rule_ad_loan, sizeof rule_ad_loan},
    {"rules/ad/mass-marketing.json5", rule_ad_mass_marketing, sizeof rule_ad_mass_marketing},
    {"rules/ad/part-time.json5", rule_ad_part_time, sizeof rule_ad_part_time},
    {"rules/ad/rebate-site.json5", rule_ad_rebate_site, sizeof rule_ad_rebate_site},
    {"rules/ad/resale.json5", rule_ad_resale, sizeof rule_ad_resale},
    {"rules/ad/rival-shop.json5", rule_ad_rival_shop, sizeof rule_ad_rival_shop},
    {"rules/ad/shop-service.json5", rule_ad_shop_service, sizeof rule_ad_shop_service},
    {"rules/cashback/buyer-coercion.json5", rule_cashback_buyer_coercion, sizeof rule_cashback_buyer_coercion},
    {"rules/cashback/buyer-offer.json5", rule_cashback_buyer_offer, sizeof rule_cashback_buyer_offer},
    {"rules/cashback/inquiry.json5", rule_cashback_inquiry, sizeof rule_cashback_inquiry},
    {"rules/cashback/promise-dispute.json5", rule_cashback_promise_dispute, sizeof rule_cashback_promise_dispute},
    {"rules/cashback/seller-inducement.json5", rule_cashback_seller_inducement, sizeof rule_cashback_seller_inducement},
    {"rules/cashback/seller-pays-change.json5", rule_cashback_seller_pays_change, sizeof rule_cashback_seller_pays_change},
    {"rules/cashback/settlement.json5", rule_cashback_settlement, sizeof rule_cashback_settlement},
    {"rules/ext/complaint-threat.json5", rule_ext_complaint_threat, sizeof rule_ext_complaint_threat},
    {"rules/ext/exposure-threat.json5", rule_ext_exposure_threat, sizeof rule_ext_exposure_threat},
    {"rules/ext/fabricated-fault.json5", rule_ext_fabricated_fault, sizeof rule_ext_fabricated_fault},
    {"rules/ext/impersonation.json5", rule_ext_impersonation, sizeof rule_ext_impersonation},
    {"rules/ext/invoice-threat.json5", rule_ext_invoice_threat, sizeof rule_ext_invoice_threat},
    {"rules/ext/ip-complaint.json5", rule_ext_ip_complaint, sizeof rule_ext_ip_complaint},
    {"rules/ext/order-threat.json5", rule_ext_order_threat, sizeof rule_ext_order_threat},
    {"rules/ext/privacy-pretext.json5", rule_ext_privacy_pretext, sizeof rule_ext_privacy_pretext},
    {"rules/ext/regulator-threat.json5", rule_ext_regulator_threat, sizeof rule_ext_regulator_threat},
    {"rules/ext/review-threat.json5", rule_ext_review_threat, sizeof rule_ext_review_threat},
    {"rules/ext/violence-for-money.json5", rule_ext_violence_for_money, sizeof rule_ext_violence_for_money},
    {"rules/fraud/fake-payment.json5", rule_fraud_fake_payment, sizeof rule_fraud_fake_payment},
    {"rules/fraud/impersonation.json5", rule_fraud_impersonation, sizeof rule_fraud_impersonation},
    {"rules/peer/reverse-brushing.json5", rule_peer_reverse_brushing, sizeof rule_peer_reverse_brushing},
    {"rules/peer/review.json5", rule_peer_review, sizeof rule_peer_review},
    {"rules/seller/abuse.json5", rule_seller_abuse, sizeof rule_seller_abuse},
    {"rules/seller/admission.json5", rule_seller_admission, sizeof rule_seller_admission},
    {"rules/seller/brushing.json5", rule_seller_brushing, sizeof rule_seller_brushing},
    {"rules/seller/counter-offer.json5", rule_seller_counter_offer, sizeof rule_seller_counter_offer},
    {"rules/seller/off-platform.json5", rule_seller_off_platform, sizeof rule_seller_off_platform},
    {"rules/trade/bad-address.json5", rule_trade_bad_address, sizeof rule_trade_bad_address},
    {"rules/trade/mass-unpaid.json5", rule_trade_mass_unpaid, sizeof rule_trade_mass_unpaid},
    {"rules/trade/refund-abuse.json5", rule_trade_refund_abuse, sizeof rule_trade_refund_abuse},
    {"rules/trade/shortage-fraud.json5", rule_trade_shortage_fraud, sizeof rule_trade_shortage_fraud},
    {"rules/trade/swap.json5", rule_trade_swap, sizeof rule_trade_swap},
};

const uint8_t *jz_resource(const char *name, size_t *count) {
    for (size_t i = 0; i < sizeof resources / sizeof *resources; i++) {
        if (strcmp(resources[i].name, name) != 0) continue;
        *count = resources[i].count;
        return resources[i].bytes;
    }
    *count = 0;
    return NULL;
}

const char *jz_resource_name(size_t index) {
    return index < sizeof resources / sizeof *resources ? resources[index].name : NULL;
}
