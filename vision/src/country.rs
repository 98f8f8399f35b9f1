//! Countries as documents name them: three letters, and the exceptions of Doc 9303-3, section 5.

/// ISO 3166-1, alpha-3 before alpha-2, with a space between: a string weighs less than a table.
const CODES: &str = "\
    ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ \
    BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB \
    BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM \
    CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER \
    ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN \
    GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU \
    IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG \
    KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO \
    MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR \
    MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR \
    NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA \
    REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM \
    SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK \
    TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC \
    VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW";

/// The two letters of ISO 3166-1 for a country as a document writes it, fillers dropped. Germany writes
/// `D`, the forms of British nationality have codes of their own, and Kosovo has one without a standard.
/// `None` for an organisation, for the stateless, and for the `UTO` of specimens.
pub fn alpha2(code: &str) -> Option<&'static str> {
    match code {
        "D" => Some("DE"),
        "GBD" | "GBN" | "GBO" | "GBP" | "GBS" => Some("GB"),
        "RKS" => Some("XK"),
        _ => CODES.split(' ').find_map(|pair| pair.strip_prefix(code)).filter(|short| short.len() == 2),
    }
}

/// Every country, alpha-3 and alpha-2.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    CODES.split(' ').map(|pair| pair.split_at(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_names_countries_in_its_own_way() {
        assert_eq!(alpha2("D"), Some("DE"));
        assert_eq!(alpha2("GBD"), Some("GB"));
        assert_eq!(alpha2("CHE"), Some("CH"));
        assert_eq!(alpha2("RKS"), Some("XK"));
        for nobody in ["UTO", "XXA", "UNO", "EUE", "", "DE", "ABWA", "ABWAW", "é"] {
            assert_eq!(alpha2(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn every_country_has_one_code_of_each_kind() {
        let (mut long, mut short): (Vec<_>, Vec<_>) = all().unzip();
        assert_eq!(long.len(), 249);
        long.sort_unstable();
        long.dedup();
        short.sort_unstable();
        short.dedup();
        assert_eq!((long.len(), short.len()), (249, 249));
    }
}
