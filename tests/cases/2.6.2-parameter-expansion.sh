#### use a default where unset or null
x=; echo "[${x-d}] [${x:-d}] [${y-d}] [${y:-d}]"

#### assign a default
x=; : ${x=a}; echo "[$x]"; : ${x:=b}; echo "[$x]"; : "${y:=c d}"; echo "[$y]"

#### an alternative
x=; y=1; echo "[${x+a}] [${x:+a}] [${y+a}] [${y:+a}] [${z+a}] [${z:+a}]"

#### an error where unset
(: ${x?}; echo no) 2>/dev/null; echo "$?" | sed 's/[1-9][0-9]*/failed/'

#### an error where null, with a message
x=; (: ${x:?is empty}) 2>&1 | grep -c 'is empty'

#### an error ends the script
## bash: its status is 127
: ${x?gone} 2>/dev/null
echo not reached

#### the word is expanded only when needed
x=1; : ${x:-$(echo ran >&2)} ${y+$(echo ran >&2)}; echo ok

#### the length of a value
x=hello; y=; echo ${#x} ${#y} ${#z} ${#1} ${#}

#### the length counts characters
## dash: counts bytes
x='äö€'; echo ${#x}

#### smallest suffix
x=a.b.c; echo ${x%.*} ${x%b} ${x%?} ${x%}

#### largest suffix
x=a.b.c; echo ${x%%.*} ${x%%b*} ${x%%x*}

#### smallest prefix
x=a.b.c; echo ${x#*.} ${x#a} ${x#?} ${x#}

#### largest prefix
x=a.b.c; echo ${x##*.} ${x##*b} ${x##x*}

#### a base name and a folder
p=/usr/local/bin/tool; echo ${p##*/} ${p%/*}

#### a pattern in quotes is text
x='a*b*c'; echo "${x#"a*"}" "${x%'*c'}" "${x#*'*'}"

#### a pattern from a variable is a pattern unless quoted
x=abcabc; p='a*b'; echo "${x#$p}" "${x##$p}" "${x#"$p"}"

#### a backslash quotes in a pattern
x='*a'; echo "${x#\*}"; y='a}b'; echo "${y%\}b}"

#### brackets in a pattern
x=foo123bar; echo ${x%%[0-9]*} ${x##*[!a-z]} ${x#[[:alpha:]]}

#### nested expansions
x=; y=; z=deep; echo ${x:-${y:-${z}}} "${x:-"${y:-"$z"}"}"

#### nested in a pattern
f=a/b/c; b=${f##*/}; echo ${f%/"$b"} ${f%${f#?}}

#### blanks in the word make fields
set -- ${x:-a b  c}; echo $#; set -- "${x:-a b  c}"; echo $#

#### quotes in the word keep fields together
set -- ${x:-"a b" c}; echo $# "$1"

#### quotes in a quoted word
echo "${x:-"a b"}" "${x-'a'}"

#### a quoted brace
echo "${x:-a\}b}" ${x:-a\}b} ${x:-'}'} "${x:-"}"}"

#### all parameters or nothing
set --; set -- ${1+"$@"}; echo $#; set -- a 'b c'; set -- ${1+"$@"}; echo $#

#### all parameters as a default
set -- a 'b c'; set -- "${x:-$@}"; echo $# "$2"

#### positional parameters beyond nine
set -- 1 2 3 4 5 6 7 8 9 10 11; echo $10 ${10} ${11}

#### defaults of positional parameters
set -- a; echo ${1:-x} ${2:-y} "${2-z}"

#### special parameters in expansions
set -- a b; echo ${#-x} ${@:-none} ${*:+some} ${?:-x}

#### the default of all parameters
## dash: takes "$*" for set
set --; echo "${@:-none}" "${*-none}"

#### an assignment in an expansion stays
echo ${x:=1} $x; echo $x

#### an assignment in a subshell does not
(echo ${x:=1}); echo "[$x]"

#### assigning a positional parameter is an error
set --; (echo ${1:=a}; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### unset variables are errors with set -u
(set -u; echo $x; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### defaults are none with set -u
set -u; echo "${x-ok} ${x:-ok} ${x+no}[$*][$@]$#"

#### the length of an unset one is an error with set -u
(set -u; echo ${#x}) 2>/dev/null; test $? -ne 0 && echo failed

#### trimming an unset one is an error with set -u
(set -u; echo ${x%a}) 2>/dev/null; test $? -ne 0 && echo failed

#### a bad substitution is an error only where it runs
if false; then echo ${x/a/b} ${!x} ${x^}; fi; echo ok

#### tilde in the word
HOME=/h; echo ${x:-~} "${x:-~}" ${x:-~/a} ${x:-a~}

#### a value with a pattern character
x='*'; echo "$x" "${x%x}"

#### an empty word
echo "[${x-}]" "[${x:-}]" ; set -- ${x-}; echo $#; set -- "${x-}"; echo $#

#### newlines in the word
echo "${x:-a
b}"

#### a substitution in the word
echo ${x:-$(echo a b)} "${x:-$(echo "c  d")}" ${x:-`echo e`} ${x:-$((1+1))}

#### a hash in a word
echo ${x:-#a} "${x:-#b}" ${#x}

#### prefix with a special first character
x=-a-; echo "${x#-}" "${x%-}" "${x##-}"

#### percent in a here-document
x=a.c; cat <<E
${x%.c} ${x#"a"} ${y:-d e}
E

#### single quotes in a here-document's word
cat <<E
${x:-'a'}
E

#### the trimmed value is split
x='a b c'; set -- ${x#a}; echo $#; set -- "${x#a}"; echo $#

#### trimming all parameters takes each
## dash: unspecified: trims the joined value
set -- a.c b.c; echo "${@%.c}"

#### an ampersand and a semicolon in the word
echo ${x:-a&b;c|d(e)}

#### indirect assignment of an expansion with blanks
x="a  b"; y=$x; echo "$y"; z=${x#a}; echo "[$z]"


#### line continuation in every place of an expansion
f=foo; echo ${\
f\
:\
\
+\
x} ${#\
f} ${f\
#\
#\
*o} $\
f

#### a read-only parameter and := in an expansion
readonly r=; (: ${r:=x}; echo no) 2>/dev/null; [ $? -ne 0 ] && echo refused; unset x; echo ${x:=a b} "$x"; echo ${x=c}; (: ${1:=x}; echo no) 2>/dev/null || echo refused

#### nested expansions with their quotes
unset x; a='p q'; echo ${x:-"$a"} ${x:-'$a'} "${x:-'$a'}" "${x:-"$a"}" ${x:-${y:-${z:-deep}}}; for w in ${x:-a "b c" d}; do echo "[$w]"; done; echo "${x:-a\}b}" ${x:-\}} "${x:-\"}"; echo ${a#"p "} "${a%' q'}" "${a#*[pq]}"

#### patterns in expansions, quoted and not
x='a*b*c'; p='*'; echo "${x#*$p}" "${x##*"$p"}" "${x%%"*"*}" "${x%\**}"; y=/a/b.c.d; echo ${y##*/} ${y%/*} ${y#*.} ${y##*.} ${y%%.*}; z='[x]'; echo "${z#[}" "${z%]}" "${z#'['}"

#### length in characters and of unset
## dash: counts bytes
x=äöü; echo ${#x}; unset n; echo ${#n}; set -- abc; echo ${#1} ${#0} >/dev/null; echo ${#-} >/dev/null; echo ${#?}

#### all parameters trimmed and joined by IFS
## dash: trims them as one text
set -- 1a 2a; IFS=-; echo "${*#1}" "${@%a}"; x=${*%a}; echo "$x"; IFS=; echo "${*#1}"; unset IFS; echo "${*#1}"

#### additions: parts of a value
## dash: has none
x=abcdefg n=2; echo ${x:3} ${x:n:2} ${x: -2} "${x:(n>1?1:0):$((n+1))}" ${x:1:-4} "[${x:9}]" ${x::n} "[${nosuch:1}]"

#### additions: parts count characters
## dash: has none
x=äöüß; echo "${x:1:2} ${x: -1}"

#### additions: some of the positional parameters
## dash: has none
set -- a 'b c' d e; printf '<%s>' "${@:2}" "${@:2:2}" "${@: -1}" "${*:3}"; echo

#### additions: other text for what matches
## dash: has none
x=banana; echo ${x/an/X} ${x//an/X} ${x/#b/X} ${x/%a/X} ${x/#a/X} ${x//[an]} "${x/a*a/*}" ${x/b} "[${nosuch/a/b}]"

#### additions: slashes in patterns, quotes and expansions in both
## dash: has none
p=/usr/lib d=usr; echo "${p//\//:}" "${p///:}" "${p////.}" "${p/$d/"a  b"}" ${p/'/u'/\*} "${p/'*'/x}" "${p/"$d"/'$d'}"

#### additions: text for a part of each parameter
## dash: has none
set -- aa ba; printf '<%s>' "${@/a/x}" "${*//a/y}"; echo

#### what is none of POSIX's expansions is an error with set -o posix
## bash: has them also then
## dash: reads it before
set -o posix; x=abc; (eval 'echo ${x:1}') 2>/dev/null || echo no; (eval 'echo ${x/a}') 2>/dev/null || echo no; eval 'echo ${x:-1}'

#### additions: an empty value matches what an unset one does not
## dash: has none
x=; unset y; for v in "${x/*/a}" "${x//*/a}" "${x/#/a}" "${x/?/a}" "${y/*/a}"; do echo "[$v]"; done
