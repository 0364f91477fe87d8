# POSIX XCU 2.6.1: tilde expansion.

#### a tilde is the home
echo ~ ~/x ~/

#### a quoted tilde stands for itself
echo '~' "~" \~ "~/x" '~'/x ~'/x'

#### a tilde inside a word stands for itself
echo a~ a/~ x=~

#### a tilde in an assignment
x=~; echo $x; x=~/a:~/b; echo $x; x=a~:~; echo $x; x='~'; echo $x

#### a tilde of a user
test ~root = / || test -d ~root; echo $?

#### an unknown user stands for itself
echo ~no-such-user ~no-such-user/x

#### a tilde follows HOME
HOME=/x; echo ~ ~/y

#### the home is neither split nor a pattern
HOME='/a  b*'; printf '<%s>' ~

#### a tilde from a variable stands for itself
x='~'; echo $x

#### a tilde in a redirection
echo hi >~/f; cat f

#### a tilde after an equals sign of a word stands for itself
echo a=~ a:~

#### a tilde in an assignment before a command
x=~/a sh -c 'echo $x'

#### a tilde in an operand of export
export x=~/a; echo $x

#### a tilde after a quoted part stands for itself
echo ""~ ''~/x a"~"

#### a tilde of a quoted name stands for itself
echo ~"root" ~\root

#### a tilde names a program
mkdir bin; echo 'echo found' >bin/prog; chmod +x bin/prog; ~/bin/prog

#### an unquoted tilde in PATH is expanded when PATH is set
mkdir bin; echo 'echo found' >bin/prog; chmod +x bin/prog; PATH=$PATH:~/bin; prog


#### a slash at the end of HOME is not doubled
## bash: doubles it
## dash: doubles it
HOME=/foo/; echo ~ ~/x; a=~/y:~/z:~ ; echo $a

#### the root as HOME
## bash: doubles the slash
## dash: doubles the slash
HOME=/; echo ~ ~/x

#### a slash at the end of HOME in a pattern
## dash: doubles it
## bash: doubles it
HOME=/a/; case /a/b in ~/b) echo yes;; esac; echo ${x:-~/b}
