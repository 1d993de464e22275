"""Codes of States that other systems use, and what they mean there.

Codes of the International Olympic Committee (IOC), of FIFA and of the distinguishing signs on
vehicles in international traffic, where they are no ISO code of the same State. The packages that
hold such lists (country-converter, countrycode) are under the GPL or bring a framework along; codes
change once in a decade, so that they stand here, compared with country-converter 1.3.2.
"""

IOC = "the International Olympic Committee"
FIFA = "FIFA"
ROAD = "number plates"


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_BOTH = """
ALG:DZA ANG:AGO ARU:ABW ASA:ASM BAH:BHS BAN:BGD BAR:BRB BER:BMU BHU:BTN BOT:BWA BRU:BRN BUL:BGR CAM:KHM CAY:CYM CGO:COG
CHA:TCD CHI:CHL CRC:CRI CRO:HRV DEN:DNK FIJ:FJI GAM:GMB GER:DEU GRE:GRC GRN:GRD GUA:GTM GUI:GIN HAI:HTI HON:HND KOS:XKX
KSA:SAU KUW:KWT LES:LSO MAD:MDG MAS:MYS MON:MCO MRI:MUS MTN:MRT MYA:MMR NCA:NIC NED:NLD NEP:NPL NIG:NER OMA:OMN PAR:PRY
PHI:PHL PLE:PSE POR:PRT PUR:PRI RSA:ZAF SAM:WSM SEY:SYC SKN:KNA SOL:SLB SRI:LKA SUD:SDN SUI:CHE TAN:TZA TGA:TON TOG:TGO
UAE:ARE URU:URY VAN:VUT VIE:VNM VIN:VCT ZAM:ZMB ZIM:ZWE
"""
_IOC = """
ANT:ATG BIZ:BLZ BRN:BHR BUR:BFA ESA:SLV GBS:GNB GEQ:GNQ INA:IDN IRI:IRN ISV:VIR IVB:VGB LAT:LVA LBA:LBY MAW:MWI MGL:MNG
NGR:NGA SLO:SVN
"""
_FIFA = "BFA:BFA CTA:CAF EDQ:GNQ EQG:GNQ GNB:GNB IDN:IDN IRN:IRN LBY:LBY LIB:LBN NGA:NGA SVN:SVN TRI:TTO"
_ROAD = """
ADN:YEM AFG:AFG ANG:AGO BD:BGD BDS:BRB BIH:BIH BUR:MMR CDN:CAN CGO:COD CI:CIV DY:BEN EAK:KEN EAT:TZA EAU:UGA EST:EST ETH:ETH
GCA:GTM HKJ:JOR HR:HRV IND:IND IRL:IRL IRQ:IRQ KSA:SAU KWT:KWT LAO:LAO LAR:LBY LHR:LBR MAL:MYS MOC:MOZ NAM:NAM NEP:NPL
NMK:MKD RCA:CAF RCB:COG RCH:CHL RIM:MRT RKS:XKX RMM:MLI ROK:KOR ROU:URY RSM:SMR RUS:RUS SCG:SRB SLO:SVN SME:SUR SRB:SRB
SUD:SDN SYR:SYR TCH:TCD UAE:ARE WAG:GMB WAL:SLE WAN:NGA YAR:YEM YEM:YEM YV:VEN RL:LBN RN:NER RU:BDI RWA:RWA RH:HTI RP:PHL
"""
SYSTEMS = {
    IOC: _pairs(_BOTH + _IOC),
    FIFA: _pairs(_BOTH + _FIFA),
    ROAD: _pairs(_ROAD),
}


def meanings(code: str) -> dict[str, list[str]]:
    """What a code means elsewhere: ISO code → the systems, without those in which it is the ISO code."""
    found: dict[str, list[str]] = {}
    for system, codes in SYSTEMS.items():
        if codes.get(code, code) != code:
            found.setdefault(codes[code], []).append(system)
    return found
